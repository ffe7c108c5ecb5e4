package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.http.HostNames;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.rest.Bearer;
import dev.gatehouse.rest.RestConfig;
import dev.gatehouse.rest.RestServer;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves one ROBOT.md over plain HTTP until it is told to stop (robot-md.md section 9). */
@Command(
        name = "rest",
        description =
                "Serves what a ROBOT.md says over plain HTTP, with an OpenAPI document. It only reads: nothing can"
                        + " be moved with it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order",
            "1:the file cannot be read or parsed, or the configuration is wrong",
            "2:wrong usage, or no ROBOT.md anywhere",
            "4:the port cannot be had"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse rest ROBOT.md",
            "  gatehouse rest --port 9000 examples/sim-arm",
            "  gatehouse rest --host 192.0.2.7 --bearer-file ~/.config/gatehouse/rest-bearer ROBOT.md",
            "",
            "The token is never an argument, because everybody on the machine can read those: put it into a file that only you can read,"
                    + " or into the variable GATEHOUSE_REST_BEARER.",
            "curl http://127.0.0.1:8787/openapi.json tells what can be asked."
        })
final class RestCommand implements Callable<Integer> {
    private static final String BEARER = "GATEHOUSE_REST_BEARER";
    private static final int DEFAULT_PORT = 8787;
    private static final int MAX_PORT = 65_535;
    /** As for {@code serve}. */
    private static final int CANNOT_BIND = 4;

    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; beyond loopback a bearer is needed. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for any free one (PORT). Default: " + DEFAULT_PORT + ".")
    private @Nullable Integer port;

    @Option(
            names = "--bearer-file",
            paramLabel = "FILE",
            description = "A file with the token that every request must show. Default: the variable " + BEARER
                    + ", else none.")
    private @Nullable Path bearerFile;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "A further name callers may use for this server; may be repeated.")
    private List<String> allowHosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "An origin whose web pages may call and read; may be repeated.")
    private List<String> allowOrigins = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        var environment = System.getenv();
        var found = manifest.find(environment);
        found.notes().forEach(this::say);
        return switch (found) {
            case ManifestPath.NotFound(var message, var notes) ->
                throw new ParameterException(spec.commandLine(), message);
            case ManifestPath.Failed(var message, var notes) -> failed(message);
            case ManifestPath.Found manifestPath -> {
                say(manifestPath.line());
                yield serve(new ManifestFile(manifestPath.path(), Ticker.system()), environment);
            }
        };
    }

    private int serve(ManifestFile file, Map<String, String> environment) throws InterruptedException {
        return switch (file.read()) {
            case Unreadable(var message) -> failed(message);
            case Manifest read -> {
                var name = read.servedName().orElse("robot");
                say("serving " + file.path() + " as '" + name + "'");
                var errors = Validator.validate(read).errors().size();
                if (errors > 0) {
                    say("the manifest has " + errors + " errors; gatehouse validate lists them");
                }
                yield serve(new Served(file, new RobotName(name), new Mode.ManifestOnly()), environment);
            }
        };
    }

    private int serve(Served served, Map<String, String> environment) throws InterruptedException {
        RestConfig config;
        try {
            config = config(environment);
        } catch (ConfigException e) {
            return failed(String.valueOf(e.getMessage()));
        }
        try (var server = RestServer.start(config, served)) {
            var shown = host.contains(":") ? "[" + host + "]" : host;
            Signals.awaitEnd(() -> {}, () -> say("ready on http://" + shown + ":" + server.port()));
            return 0;
        } catch (IllegalStateException e) {
            say("cannot listen on " + host + ":" + config.port() + "; choose another with --port");
            return CANNOT_BIND;
        }
    }

    private RestConfig config(Map<String, String> environment) throws ConfigException {
        var bearer = bearer(environment);
        if (!HostNames.isLoopback(host)) {
            if (bearer.isEmpty()) {
                throw new ConfigException(host
                        + " is reachable from other machines: a bearer is needed, from --bearer-file or " + BEARER);
            }
            say("reachable from other machines, and without TLS: put a proxy in front where the network is not yours");
        }
        return new RestConfig(host, port(environment), Set.copyOf(allowHosts), Set.copyOf(allowOrigins), bearer);
    }

    private Optional<Bearer> bearer(Map<String, String> environment) throws ConfigException {
        var variable = environment.getOrDefault(BEARER, "");
        if (bearerFile == null && variable.isEmpty()) {
            return Optional.empty();
        }
        var where = bearerFile == null ? BEARER : bearerFile.toString();
        var token = bearerFile == null ? variable : PrivateFile.text(bearerFile);
        var bearer = Bearer.of(token);
        if (bearer.isEmpty()) {
            throw new ConfigException(where + ": the token must have 16 to 512 printable characters and no blanks");
        }
        return bearer;
    }

    private int port(Map<String, String> environment) {
        var variable = environment.getOrDefault("PORT", "");
        if (port == null && variable.isEmpty()) {
            return DEFAULT_PORT;
        }
        var text = port == null ? variable : port.toString();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new ParameterException(
                    spec.commandLine(), (port == null ? "PORT" : "--port") + " must be from 0 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }

    private int failed(String message) {
        say("failed to start: " + message);
        return 1;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line);
        spec.commandLine().getErr().flush();
    }
}
