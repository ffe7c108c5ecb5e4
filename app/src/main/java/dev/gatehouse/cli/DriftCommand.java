package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.drift.Drift;
import dev.gatehouse.drift.Subject;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers whether the world this program was built for still fits (dispatcher.md section 20). */
@Command(
        name = "drift",
        description =
                "Compares engine, model API, tools, decisions of the gate and prices with what you agreed to. Asks no model"
                        + " unless told to, and moves nothing. Made for a timer; packaging/systemd has one.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything fits",
            "1:something drifted and needs you",
            "2:wrong usage",
            "3:something could not be checked"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse drift --update --env-file .env --driver sim-arm     agrees to what is there now",
            "  gatehouse drift --env-file .env --driver sim-arm",
            "  gatehouse drift --env-file .env --driver sim-arm --live --key-file model.key --json"
        })
final class DriftCommand implements Callable<Integer> {
    private static final int UNCHECKED = 3;

    @Mixin
    private final RobotOptions robot = new RobotOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "What you agreed to. Default: drift.json in the state directory.")
    private @Nullable Path baseline;

    @Option(names = "--update", description = "Agree to the world as it is now: write the baseline, then compare.")
    private boolean update;

    @Option(
            names = "--live",
            description =
                    "Also ask the real model for the length of one word and for one token. Needs a key: --key-file or"
                            + " ANTHROPIC_API_KEY.")
    private boolean live;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The model key for --live; only you may read it.")
    private @Nullable Path keyFile;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the baseline is (GATEHOUSE_STATE_DIR). Default: as for serve.")
    private @Nullable Path stateDirectory;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        try {
            robot.check();
            var drift = new Drift(subject(), baseline(), Clock.systemUTC());
            if (update) {
                drift.update();
            }
            var report = drift.check();
            spec.commandLine().getOut().println(json ? Json.line(report.json()) : report.text());
            spec.commandLine().getOut().flush();
            return report.exitCode();
        } catch (ConfigException e) {
            return cannot(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return cannot("the state directory cannot be made; name a file with --baseline");
        }
    }

    private Subject subject() throws ConfigException {
        return new Subject(
                robot.robotMd(),
                robot.driver(spec),
                robot.policy(),
                models.prices(),
                Set.of(models.model()),
                models.url(),
                live ? Optional.of(key()) : Optional.empty());
    }

    private Path baseline() throws IOException {
        if (baseline != null) {
            return baseline;
        }
        var state = stateDirectory == null ? StatePath.standard() : stateDirectory;
        if (update) {
            Files.createDirectories(state);
        }
        return state.resolve("drift.json");
    }

    private Secret key() throws ConfigException {
        if (keyFile != null) {
            return Secret.of(PrivateFile.text(keyFile));
        }
        var fromEnvironment = System.getenv().getOrDefault("ANTHROPIC_API_KEY", "");
        if (fromEnvironment.isEmpty()) {
            throw new ConfigException(
                    "--live needs a model key: name a file with --key-file, or set ANTHROPIC_API_KEY");
        }
        return Secret.of(fromEnvironment);
    }

    private int cannot(String message) {
        spec.commandLine().getErr().println("gatehouse drift: " + message);
        return UNCHECKED;
    }
}
