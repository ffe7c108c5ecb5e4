package dev.gatehouse.cli;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ExitStatus;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validation;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.terminal.Glyphs;
import dev.gatehouse.terminal.Printable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a ROBOT.md is valid (robot-md.md 4.7). */
@Command(
        name = "validate",
        description = "Checks a ROBOT.md and lists every error and warning.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:valid",
            "1:the file cannot be read or parsed",
            "2:the frontmatter has errors; also wrong usage, or no ROBOT.md anywhere",
            "4:only the body has errors",
            "5:valid, but there are warnings and --strict was given"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse validate ROBOT.md", "  gatehouse validate --json --strict examples/sim-arm"})
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Option(names = "--strict", description = "Treat warnings as a failure.")
    private boolean strict;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var reading = manifest.file().map(file -> file.read()).orElseGet(() -> new Unreadable(Unreadable.NOT_READABLE));
        var validation = Validator.validate(reading);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(validation.toJson()));
        } else {
            print(out, validation);
        }
        out.flush();
        return ExitStatus.of(reading, validation, strict).code();
    }

    private static void print(PrintWriter out, Validation validation) {
        var signs = Glyphs.ofStandardOutput();
        out.println((validation.ok() ? signs.yes() : signs.no()) + " " + Printable.of(validation.summary()));
        validation.errors().forEach(error -> out.println("  error    " + Printable.of(error)));
        validation.warnings().forEach(warning -> out.println("  warning  " + Printable.of(warning.toString())));
    }
}
