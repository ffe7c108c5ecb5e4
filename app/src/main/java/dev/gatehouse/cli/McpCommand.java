package dev.gatehouse.cli;

import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.PrivateFile;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.mcp.StdioServer;
import dev.gatehouse.server.Server;
import dev.gatehouse.server.ServerConfig;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.web.Listen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a robot to one MCP client over standard input and output (robot-md.md section 8). */
@Command(
        name = "mcp",
        description = {
            "Serves a ROBOT.md to an MCP client over standard input and output.",
            "Without a driver nothing can move and nothing is written. With one, the robot's tools are served as well,"
                    + " every call through the gate, in the name of a credential."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the client closed its end",
            "1:the manifest, or what goes with the driver, cannot be used",
            "2:wrong usage, or no ROBOT.md anywhere",
            "5:another server uses the state directory"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse mcp                                  the nearest ROBOT.md",
            "  gatehouse mcp --path /srv/bob/ROBOT.md",
            "  claude mcp add robot -- gatehouse mcp /srv/bob/ROBOT.md",
            "  gatehouse mcp ROBOT.md --driver sim-arm --bearers bearers.yaml --token-file agent.token"
        })
final class McpCommand implements Callable<Integer> {
    @Mixin
    private final ManifestArgument manifest = new ManifestArgument();

    @Option(names = "--driver", paramLabel = "NAME", description = "What drives the robot: none (default) or sim-arm.")
    private String driver = Drivers.NONE;

    @Option(names = "--scene", paramLabel = "FILE", description = "What stands on the bench of the simulated arm.")
    private @Nullable Path scene;

    @Option(names = "--bearers", paramLabel = "FILE", description = "Credentials; see gatehouse init.")
    private @Nullable Path bearers;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token of the credential the client acts with. Default: GATEHOUSE_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(names = "--policy", paramLabel = "FILE", description = "What you allow beyond the manifest.")
    private @Nullable Path policy;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Audit, tasks and latch of this robot.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--latch",
            paramLabel = "FILE",
            description = "The stop latch: one file for all processes that drive this robot. Default: estop.json in"
                    + " the state directory.")
    private @Nullable Path latch;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var found = manifest.find(System.getenv());
        if (driver.equals(Drivers.NONE)) {
            return ManifestServer.of(found).run();
        }
        return switch (found) {
            case ManifestPath.Found file -> serve(file);
            case ManifestPath.Failed failed -> ManifestServer.of(failed).run();
            case ManifestPath.NotFound nothing -> ManifestServer.of(nothing).run();
        };
    }

    private int serve(ManifestPath.Found found) {
        // The protocol has standard output for itself.
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        Logging.quiet();
        ManifestServer.say(found.line());
        try (var server = Server.start(config(found.path()))) {
            var who = server.credential(token())
                    .orElseThrow(() -> new ConfigException("the token belongs to no credential in " + bearers));
            ManifestServer.say("serving as " + who.caller() + ", tier "
                    + who.tier().wire() + "; people decide and stop at http://127.0.0.1:" + server.port());
            new StdioServer(server.mcp(), who.via(Surface.MCP_STDIO), System.in, out, Ticker.system()).run();
            return 0;
        } catch (ConfigException e) {
            return refuse(e, 1);
        } catch (StartFailure e) {
            return refuse(e, e.kind().exitCode());
        }
    }

    private ServerConfig config(Path robotMd) throws ConfigException {
        if (bearers == null) {
            throw new ConfigException("a robot is moved in somebody's name: add --bearers FILE, and the client's token"
                    + " with --token-file or GATEHOUSE_TOKEN");
        }
        return new ServerConfig(
                new Listen("127.0.0.1", 0, Set.of(), Set.of()),
                0,
                Optional.of(robotMd),
                bearers,
                stateDirectory == null ? StatePath.standard() : stateDirectory,
                Optional.ofNullable(latch),
                Optional.ofNullable(policy),
                Optional.empty(),
                Drivers.named(driver, scene, spec),
                "embedded",
                EngineSettings.DEFAULT_MODEL,
                EngineSettings.PUBLIC_API,
                ServerConfig.Rehearsal.WHEN_HARMLESS);
    }

    private String token() throws ConfigException {
        if (tokenFile == null) {
            return Optional.ofNullable(System.getenv("GATEHOUSE_TOKEN"))
                    .orElseThrow(() ->
                            new ConfigException("no token: name a file with --token-file, or set GATEHOUSE_TOKEN"));
        }
        return PrivateFile.text(tokenFile);
    }

    private static int refuse(Exception e, int exitCode) {
        ManifestServer.say("failed to start: " + e.getMessage());
        return exitCode;
    }
}
