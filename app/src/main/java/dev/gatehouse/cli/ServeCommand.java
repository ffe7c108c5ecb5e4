package dev.gatehouse.cli;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.StartFailure;
import java.nio.file.Path;
import java.util.List;
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

/** Runs the server until it is told to stop (dispatcher.md section 16). */
@Command(
        name = "serve",
        description = "Takes goals over HTTP and runs them on this robot, every tool call through the gate.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = ServeVariables.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order",
            "1:configuration is wrong",
            "2:wrong usage",
            "3:a self-test failed",
            "4:a port cannot be had",
            "5:another server uses the state directory"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse serve --robot-md ./ROBOT.md --bearers ./bearers.yaml --driver sim-arm",
            "  gatehouse serve --env-file ./.env --driver sim-arm      the same, with what init wrote",
            "  gatehouse serve --engine rehearsal --driver sim-arm ...   no model, no key, no cost",
            "  gatehouse serve --mcp-command /opt/robot/tools ...        tools of your own, every call through the gate",
            "  GATEHOUSE_MODEL_URL=http://127.0.0.1:9000 gatehouse serve ...",
            "",
            "A flag wins over the environment, the environment over the env file. SIGHUP reads ROBOT.md, bearers, policy and prices again; SIGTERM stops in order.",
            "The software stop is not an emergency stop device in the sense of ISO 13850: keep one next to the robot."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    static final int MAX_PORT = 65_535;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = LOOPBACK,
            description = "Address to listen on (ROBOT_MD_HOST). Default: ${DEFAULT-VALUE}.")
    private String host = LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on, 0 for any free one (ROBOT_MD_PORT). Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--stop-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the listener that serves nothing but the stop (GATEHOUSE_STOP_PORT). Default:"
                    + " ${DEFAULT-VALUE}.")
    private int stopPort;

    @Option(
            names = "--robot-md",
            paramLabel = "FILE",
            description = "The robot's manifest (ROBOT_MD_PATH). Without it nothing can move.")
    private @Nullable Path robotMd;

    @Option(
            names = "--bearers",
            paramLabel = "FILE",
            description = "Who may do what (ROBOT_MD_BEARERS_FILE). Made by: gatehouse init.")
    private @Nullable Path bearers;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "What drives the robot: none or sim-arm (GATEHOUSE_DRIVER). Default: ${DEFAULT-VALUE}.")
    private String driver = "none";

    @Option(
            names = "--scene",
            paramLabel = "FILE",
            description = "What stands on the bench of the simulated arm. Default: scene.yaml beside the manifest.")
    private @Nullable Path scene;

    @Mixin
    private final ToolServerOptions toolServer = new ToolServerOptions();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Tasks, audit and latch (GATEHOUSE_STATE_DIR). Default: STATE_DIRECTORY, else"
                    + " ~/.local/state/gatehouse.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--latch",
            paramLabel = "FILE",
            description =
                    "The stop latch (GATEHOUSE_LATCH): one file for all processes that drive this robot. Default: estop.json in"
                            + " the state directory.")
    private @Nullable Path latch;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "What the operator allows beyond the manifest (GATEHOUSE_POLICY). Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "Engine of orders that name none: embedded or rehearsal (GATEHOUSE_ENGINE). Default:"
                    + " ${DEFAULT-VALUE}.")
    private String engine = "embedded";

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--allow-rehearsal",
            description =
                    "Offer the rehearsal engine even if the robot is a real one (GATEHOUSE_ALLOW_REHEARSAL=true).")
    private boolean allowRehearsal;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "A further name callers may use for this server; may be repeated (GATEHOUSE_ALLOW_HOST).")
    private List<String> allowHosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "An origin whose web pages may call; may be repeated (GATEHOUSE_ALLOW_ORIGIN).")
    private List<String> allowOrigins = List.of();

    @Option(
            names = "--trusted-proxy",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Address of a proxy in front, whose word is taken for where a request comes from; may be"
                    + " repeated (GATEHOUSE_TRUSTED_PROXY).")
    private List<String> trustedProxies = List.of();

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate to prove who this server is, in PEM; needed to listen beyond loopback without a"
                    + " proxy.")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, in PEM (PKCS #8).")
    private @Nullable Path tlsKey;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=value for whatever is neither a flag nor in the environment"
                    + " (GATEHOUSE_ENV_FILE). Default: none.")
    private @Nullable Path envFile;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            converter = LogLevel.Reader.class,
            description = "ERROR, WARN, INFO, DEBUG or TRACE (ROBOT_MD_LOG_LEVEL). Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--log-json",
            description =
                    "Log one JSON object a line (GATEHOUSE_LOG_JSON=true). Default: <time> <LEVEL> <logger> <message>.")
    private boolean logJson;

    @Option(
            names = "--i-understand-public",
            description = "Listen beyond loopback without TLS, because the proxy of --trusted-proxy provides it.")
    private boolean understandPublic;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        try {
            return serve(config());
        } catch (ConfigException e) {
            return refuse(String.valueOf(e.getMessage()), StartFailure.Kind.CONFIGURATION.exitCode());
        } catch (StartFailure e) {
            return refuse(String.valueOf(e.getMessage()), e.kind().exitCode());
        }
    }

    private int serve(ServerConfig config) throws StartFailure, InterruptedException {
        Logging.configure(logLevel, logJson);
        try (var server = Server.start(config)) {
            var scheme = config.listen().tls().isPresent() ? "https" : "http";
            var ready = "gatehouse: ready on " + scheme + "://" + host + ":" + server.port()
                    + ", stop listener on port " + server.stopPort();
            Signals.awaitEnd(server::reload, () -> say(ready));
            return 0;
        }
    }

    private ServerConfig config() throws ConfigException {
        checkPort("--port", port);
        checkPort("--stop-port", stopPort);
        if (envFile != null) {
            for (var name : ServeVariables.unknownIn(EnvFile.read(envFile))) {
                say("gatehouse serve: " + envFile + ": " + name + " means nothing to this server");
            }
        }
        if (bearers == null) {
            throw new ConfigException("nobody could call: name a bearers file with --bearers or ROBOT_MD_BEARERS_FILE;"
                    + " gatehouse init makes one");
        }
        return new ServerConfig(
                new Exposure(host, trustedProxies, tlsCertificate, tlsKey, understandPublic)
                        .listen(port, Set.copyOf(allowHosts), Set.copyOf(allowOrigins)),
                stopPort,
                Optional.ofNullable(robotMd),
                bearers,
                stateDirectory == null ? StatePath.standard() : stateDirectory,
                Optional.ofNullable(latch),
                Optional.ofNullable(policy),
                models.prices(),
                toolServer.orElse(Drivers.named(driver, scene, spec), line -> say("gatehouse serve: " + line)),
                engine,
                models.model(),
                models.url(),
                allowRehearsal ? ServerConfig.Rehearsal.ALLOWED : ServerConfig.Rehearsal.WHEN_HARMLESS);
    }

    private void checkPort(String flag, int value) {
        if (value < 0 || value > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), flag + " must be from 0 to " + MAX_PORT);
        }
    }

    private int refuse(String message, int exitCode) {
        say("gatehouse serve: " + message);
        return exitCode;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
