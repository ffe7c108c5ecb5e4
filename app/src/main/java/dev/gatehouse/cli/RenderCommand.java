package dev.gatehouse.cli;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.manifest.Unreadable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the frontmatter of a ROBOT.md as plain YAML (robot-md.md section 5). */
@Command(
        name = "render",
        description = "Prints the frontmatter of a ROBOT.md as plain YAML: comments dropped, aliases expanded.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:the file cannot be read or parsed", "2:wrong usage, or no ROBOT.md anywhere"},
        footerHeading = "%nExamples:%n",
        footer = "  gatehouse render examples/sim-arm/ROBOT.md")
final class RenderCommand implements Callable<Integer> {
    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var file = manifest.file();
        if (file.isEmpty()) {
            return 1;
        }
        return switch (file.get().read()) {
            case Manifest read -> {
                var out = spec.commandLine().getOut();
                out.print(Renderer.render(read.frontmatter()));
                out.flush();
                yield 0;
            }
            case Unreadable(var message) -> {
                spec.commandLine().getErr().println("gatehouse render: " + message);
                yield 1;
            }
        };
    }
}
