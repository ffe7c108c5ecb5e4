package dev.gatehouse.cli;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.doctor.Doctor;
import dev.gatehouse.doctor.Finding.Level;
import dev.gatehouse.doctor.Report;
import dev.gatehouse.doctor.Subject;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.ServerConfig.DriverChoice;
import dev.gatehouse.terminal.Glyphs;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.web.Listen;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what stands between this machine and a robot its owner can trust (dispatcher.md 17.2). */
@Command(
        name = "doctor",
        description = "Looks at Java, the unit, the manifest, its gates, drivers and devices, the files serve starts"
                + " from, the state directory, ports, clock and disk, with the settings serve would have, and makes"
                + " the self-tests of a start in a directory of its own. Nothing that is there is changed, and nothing"
                + " moves.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:there are problems", "2:wrong usage", "3:there are warnings only"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse doctor",
            "  gatehouse doctor ROBOT.md --driver sim-arm",
            "  gatehouse doctor --env-file ./.env --json"
        })
final class DoctorCommand implements Callable<Integer> {
    /** Where systemd looks for units, best first. */
    private static final List<Path> UNITS = Stream.of("/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib")
            .map(root -> Path.of(root, "systemd", "system"))
            .toList();

    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Option(names = "--bearers", paramLabel = "FILE", description = "Who may do what, if it is to be read.")
    private @Nullable Path bearers;

    @Option(names = "--policy", paramLabel = "FILE", description = "The operator's policy, if it is to be read.")
    private @Nullable Path policy;

    @Option(names = "--prices", paramLabel = "FILE", description = "The price list, if it is to be read.")
    private @Nullable Path prices;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "The state directory. Default: as for serve.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--latch",
            paramLabel = "FILE",
            description = "The stop latch. Default: estop.json in the state directory.")
    private @Nullable Path latch;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = Drivers.NONE,
            description = "What is to drive the robot: none or sim-arm. Default: ${DEFAULT-VALUE}.")
    private String driver = Drivers.NONE;

    @Option(
            names = "--scene",
            paramLabel = "FILE",
            description = "The bench of the simulated arm. Default: scene.yaml beside the manifest.")
    private @Nullable Path scene;

    @Mixin
    private final ToolServerOptions toolServer = new ToolServerOptions();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "Engine of orders that name none. Default: ${DEFAULT-VALUE}.")
    private String engine = "embedded";

    @Option(names = "--allow-rehearsal", description = "As for serve.")
    private boolean allowRehearsal;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--stop-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the stop listener. Default: ${DEFAULT-VALUE}.")
    private int stopPort;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=value for whatever is neither a flag nor in the environment. Default: none.")
    private @Nullable Path envFile;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.quiet();
        // The findings say it all.
        Logging.configure(LogLevel.ERROR, false);
        var report = new Doctor(Clock.systemUTC()).examine(subject());
        var out = spec.commandLine().getOut();
        out.println(json ? Json.line(report.json()) : text(report));
        out.flush();
        return report.exitCode();
    }

    private Subject subject() {
        var found = manifest.find(variables());
        var state = stateDirectory == null ? StatePath.standard() : stateDirectory;
        return new Subject(
                Optional.ofNullable(System.getProperty("gatehouse.program")).map(Path::of),
                Path.of(System.getProperty("user.home")),
                found,
                state,
                Optional.ofNullable(latch),
                Optional.ofNullable(envFile),
                Optional.ofNullable(bearers),
                Optional.ofNullable(policy),
                Optional.ofNullable(prices),
                driver,
                Optional.ofNullable(scene),
                Drivers.PROTOCOLS,
                host,
                checked("--port", port),
                checked("--stop-port", stopPort),
                UNITS,
                server(found, state));
    }

    private Optional<ServerConfig> server(ManifestPath.Result found, Path state) {
        var file = found instanceof ManifestPath.Found manifestFile
                ? Optional.of(manifestFile.path())
                : Optional.<Path>empty();
        return Optional.ofNullable(bearers)
                .flatMap(credentials -> Drivers.named(driver, Optional.ofNullable(scene))
                        .map(this::orToolServer)
                        .map(choice -> new ServerConfig(
                                new Listen(host, port, Set.of(), Set.of()),
                                stopPort,
                                file,
                                credentials,
                                state,
                                Optional.ofNullable(latch),
                                Optional.ofNullable(policy),
                                Optional.ofNullable(prices),
                                choice,
                                engine,
                                EngineSettings.DEFAULT_MODEL,
                                EngineSettings.PUBLIC_API,
                                allowRehearsal
                                        ? ServerConfig.Rehearsal.ALLOWED
                                        : ServerConfig.Rehearsal.WHEN_HARMLESS)));
    }

    private DriverChoice orToolServer(DriverChoice named) {
        try {
            return toolServer.orElse(named, notice -> {});
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /** The environment, above the env file (D16.1). */
    private Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        try {
            if (envFile != null) {
                variables.putAll(EnvFile.read(envFile));
            }
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
        System.getenv().forEach((name, value) -> {
            if (!value.isEmpty()) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private int checked(String flag, int value) {
        if (value < 0 || value > ServeCommand.MAX_PORT) {
            throw new ParameterException(spec.commandLine(), flag + " must be from 0 to " + ServeCommand.MAX_PORT);
        }
        return value;
    }

    private static String text(Report report) {
        var signs = Glyphs.ofStandardOutput();
        var text = new StringBuilder();
        for (var finding : report.findings()) {
            var sign = switch (finding.level()) {
                case OK -> signs.yes();
                case WARNING -> "!";
                case PROBLEM -> signs.no();
            };
            text.append("%s %-10s %s%n".formatted(sign, finding.check(), Printable.of(finding.what())));
            if (!finding.next().isEmpty()) {
                text.append("%13sdo: %s%n".formatted("", Printable.of(finding.next())));
            }
        }
        return text + "problems: %d, warnings: %d".formatted(report.count(Level.PROBLEM), report.count(Level.WARNING));
    }
}
