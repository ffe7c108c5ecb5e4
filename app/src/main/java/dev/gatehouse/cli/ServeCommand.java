package dev.gatehouse.cli;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.web.Listen;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop (dispatcher.md section 16). */
@Command(
        name = "serve",
        description = "Takes goals over HTTP and runs them on this robot, every tool call through the gate.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
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
            "  gatehouse serve --engine rehearsal --driver sim-arm ...   no model, no key, no cost",
            "  GATEHOUSE_MODEL_URL=http://127.0.0.1:9000 gatehouse serve ...",
            "",
            "The flags win over the environment. SIGHUP takes a changed ROBOT.md for good; SIGTERM stops in order.",
            "The software stop is not an emergency stop device in the sense of ISO 13850: keep one next to the robot."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:ROBOT_MD_HOST:-" + LOOPBACK + "}",
            description = "Address to listen on (ROBOT_MD_HOST). Default: ${DEFAULT-VALUE}.")
    private String host = LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:ROBOT_MD_PORT:-8080}",
            description = "Port to listen on, 0 for any free one (ROBOT_MD_PORT). Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--stop-port",
            paramLabel = "PORT",
            defaultValue = "${env:GATEHOUSE_STOP_PORT:-8081}",
            description = "Port of the listener that serves nothing but the stop (GATEHOUSE_STOP_PORT). Default:"
                    + " ${DEFAULT-VALUE}.")
    private int stopPort;

    @Option(
            names = "--robot-md",
            paramLabel = "FILE",
            defaultValue = "${env:ROBOT_MD_PATH}",
            description = "The robot's manifest (ROBOT_MD_PATH). Without it nothing can move.")
    private @Nullable Path robotMd;

    @Option(
            names = "--bearers",
            paramLabel = "FILE",
            required = true,
            defaultValue = "${env:ROBOT_MD_BEARERS_FILE}",
            description = "Who may do what (ROBOT_MD_BEARERS_FILE). Made by: gatehouse init.")
    @SuppressWarnings("NullAway.Init")
    private Path bearers;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            defaultValue = "${env:GATEHOUSE_DRIVER:-none}",
            description = "What drives the robot: none or sim-arm (GATEHOUSE_DRIVER). Default: ${DEFAULT-VALUE}.")
    private String driver = "none";

    @Option(
            names = "--scene",
            paramLabel = "FILE",
            description = "What stands on the bench of the simulated arm. Default: scene.yaml beside the manifest.")
    private @Nullable Path scene;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${env:GATEHOUSE_STATE_DIR}",
            description = "Tasks, audit and latch (GATEHOUSE_STATE_DIR). Default: STATE_DIRECTORY, else"
                    + " ~/.local/state/gatehouse.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            defaultValue = "${env:GATEHOUSE_POLICY}",
            description = "What the operator allows beyond the manifest (GATEHOUSE_POLICY). Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            defaultValue = "${env:GATEHOUSE_PRICES}",
            description = "What models cost (GATEHOUSE_PRICES). Default: built in.")
    private @Nullable Path prices;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "${env:GATEHOUSE_ENGINE:-embedded}",
            description = "Engine of orders that name none: embedded or rehearsal (GATEHOUSE_ENGINE). Default:"
                    + " ${DEFAULT-VALUE}.")
    private String engine = "embedded";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "${env:GATEHOUSE_MODEL:-claude-sonnet-5-5}",
            description = "Model of orders that name none (GATEHOUSE_MODEL). Default: ${DEFAULT-VALUE}.")
    private String model = "claude-sonnet-5-5";

    @Option(
            names = "--model-url",
            paramLabel = "URL",
            defaultValue = "${env:GATEHOUSE_MODEL_URL}",
            description = "Messages API endpoint (GATEHOUSE_MODEL_URL). Default: the provider's public one.")
    private @Nullable URI modelUrl;

    @Option(names = "--allow-rehearsal", description = "Offer the rehearsal engine even if the robot is a real one.")
    private boolean allowRehearsal;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A further name callers may use for this server; may be repeated.")
    private List<String> allowHosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "An origin whose web pages may call; may be repeated.")
    private List<String> allowOrigins = List.of();

    @Option(
            names = "--i-understand-public",
            description = "Listen beyond loopback without TLS, because a proxy in front provides it.")
    private boolean understandPublic;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        var err = spec.commandLine().getErr();
        if (!isLoopback(host) && !understandPublic) {
            err.println("gatehouse serve: " + host + " is reachable from other machines, and there is no TLS here. Keep"
                    + " 127.0.0.1 and put Tailscale or a TLS proxy in front; with one, add --i-understand-public.");
            return StartFailure.Kind.CONFIGURATION.exitCode();
        }
        if (!Set.of("none", "sim-arm").contains(driver)) {
            err.println("gatehouse serve: unknown driver " + driver + "; known: none, sim-arm");
            return 2;
        }
        try (var server = Server.start(config())) {
            err.println("gatehouse: ready on http://" + host + ":" + server.port() + ", stop listener on port "
                    + server.stopPort());
            err.flush();
            Signals.awaitEnd(server::reload);
            return 0;
        } catch (StartFailure e) {
            err.println("gatehouse serve: " + e.getMessage());
            return e.kind().exitCode();
        }
    }

    private ServerConfig config() {
        return new ServerConfig(
                new Listen(host, port, Set.copyOf(allowHosts), Set.copyOf(allowOrigins)),
                stopPort,
                Optional.ofNullable(robotMd),
                bearers,
                stateDirectory == null ? StatePath.standard() : stateDirectory,
                Optional.ofNullable(policy),
                Optional.ofNullable(prices),
                driver.equals("none")
                        ? new ServerConfig.DriverChoice.None()
                        : new ServerConfig.DriverChoice.Simulated(Optional.ofNullable(scene)),
                engine,
                model,
                modelUrl == null ? EngineSettings.PUBLIC_API : modelUrl,
                allowRehearsal ? ServerConfig.Rehearsal.ALLOWED : ServerConfig.Rehearsal.WHEN_HARMLESS);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
