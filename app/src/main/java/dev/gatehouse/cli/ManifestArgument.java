package dev.gatehouse.cli;

import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.time.Ticker;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The manifest that a verb is about, given in one of two ways or found (robot-md.md 7). */
final class ManifestArgument {
    @ArgGroup
    private @Nullable Given given;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec verb;

    private static final class Given {
        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "ROBOT.md, or a directory with one. Default: ROBOT_MD_PATH, else the first entry of"
                        + " ~/.config/robot-md/manifests.yaml, else the nearest ROBOT.md upwards.")
        private @Nullable String positional;

        @Option(names = "--path", paramLabel = "FILE", description = "The same.")
        private @Nullable String option;
    }

    ManifestPath.Result find(Map<String, String> environment) {
        var argument = given == null ? null : given.option == null ? given.positional : given.option;
        return ManifestPath.find(argument, environment);
    }

    /**
     * The file to read; empty if it cannot be read, which has then been said on standard error.
     *
     * <p>Where a file comes from is said only if it was found by configuration or by walking: then a person has to know which of
     * several robots this is about. What they named themselves, for this call or for this session, needs no line, and scripts that
     * pass a path keep a silent standard error. Servers say it always.
     *
     * @throws ParameterException if there is none anywhere; the caller of the verb turns it into usage and exit 2
     */
    Optional<ManifestFile> file() {
        var found = find(System.getenv());
        found.notes().forEach(this::say);
        return switch (found) {
            case ManifestPath.Found manifest -> {
                switch (manifest.source()) {
                    case CONFIGURATION, WALK -> say(manifest.line());
                    case ARGUMENT, ENVIRONMENT -> {}
                }
                yield Optional.of(new ManifestFile(manifest.path(), Ticker.system()));
            }
            case ManifestPath.Failed failed -> {
                say(failed.message());
                yield Optional.empty();
            }
            case ManifestPath.NotFound nothing -> throw new ParameterException(verb.commandLine(), nothing.message());
        };
    }

    private void say(String line) {
        verb.commandLine().getErr().println(verb.qualifiedName() + ": " + line);
    }
}
