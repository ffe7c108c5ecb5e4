package dev.gatehouse.cli;

import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.manifest.ManifestStart;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.StdioServer;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.robotmd.ManifestTools;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.RobotOffer;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Toolbox;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/**
 * {@code gatehouse mcp} without a robot behind it: the manifest over standard input and output, and nothing can move.
 *
 * <p>No pattern switch is passed on the way to the first answer, here and in what is called from here (ADR 0014).
 */
final class ManifestServer {
    private static final String PROGRAM = "gatehouse mcp: ";

    /** Whoever started this process; there is nothing here that they could not read by themselves. */
    private static final Principal LOCAL =
            new Principal("crd-local", "local", Tier.READ, Set.of(), CallerLimits.NONE, Surface.MCP_STDIO);

    /** The first answers come before what nobody waits for. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(1);

    private final ManifestPath.Result found;

    private ManifestServer(ManifestPath.Result found) {
        this.found = found;
    }

    /** A server of what the search came to. */
    static ManifestServer of(ManifestPath.Result found) {
        return new ManifestServer(found);
    }

    private static Optional<ManifestServer> at(@Nullable String path) {
        return Optional.of(new ManifestServer(ManifestPath.find(path)));
    }

    /** The server, if the arguments ask for it and for nothing that only the library of the command line understands. */
    static Optional<ManifestServer> asked(String[] args) {
        if (args.length == 0 || !args[0].equals("mcp")) {
            return Optional.empty();
        }
        return switch (args.length) {
            case 1 -> at(null);
            case 2 -> args[1].startsWith("-") ? Optional.empty() : at(args[1]);
            case 3 -> args[1].equals("--path") || args[1].equals("--") ? at(args[2]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Serves until the client closes its end; the exit code is that of robot-md.md section 7. */
    int run() {
        Thread.ofPlatform().daemon().name("warm-up").start(ManifestServer::warmUp);
        found.notes().forEach(ManifestServer::say);
        if (found instanceof ManifestPath.Found manifest) {
            return start(manifest);
        }
        if (found instanceof ManifestPath.Failed failed) {
            return refuse(failed.message());
        }
        say(((ManifestPath.NotFound) found).message());
        say("usage: gatehouse mcp [PATH], or gatehouse mcp --help");
        return 2;
    }

    /** Sets up on another processor what the first answer needs, while this one reads the manifest. */
    private static void warmUp() {
        try {
            var _ = CanonicalJson.sha256(Json.line(Json.read("{}")).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int start(ManifestPath.Found found) {
        say(found.line());
        var start = ManifestStart.of(new ManifestFile(found.path(), Ticker.system()));
        if (start instanceof ManifestStart.Ready ready) {
            say(ready.line());
            serve(ready);
            return 0;
        }
        return refuse(((ManifestStart.Failed) start).message());
    }

    private static void serve(ManifestStart.Ready ready) {
        // The protocol has standard output for itself; whatever else is printed by whomever goes to standard error.
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        // Nothing here keeps a log, and a library that would like one must not cost the time to set one up.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", NOP_FallbackServiceProvider.class.getName());
        var served = new Served(ready.file(), new RobotName(ready.name()), new Mode.ManifestOnly());
        var tools = new Toolbox(new ManifestTools(served).tools());
        var service = new McpService(
                ServerInfo.gatehouse(),
                new ReadingGate(tools),
                new RobotOffer(served, tools.tools()),
                Optional.empty(),
                new Ids(),
                ManifestServer::failed);
        Thread.ofVirtual().start(() -> judge(ready));
        new StdioServer(service, LOCAL, System.in, out, Ticker.system()).run();
    }

    /** Content problems do not stop a server; they are told here and by the tool {@code validate} (section 7). */
    private static void judge(ManifestStart.Ready ready) {
        try {
            Ticker.system().sleep(AFTER_THE_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        var errors = Validator.validate(ready.manifest()).errors().size();
        if (errors > 0) {
            say("the manifest has " + errors + (errors == 1 ? " error" : " errors") + "; the tool validate lists them");
        }
    }

    private static void failed(String correlationId, Throwable cause) {
        say("internal error " + correlationId);
        cause.printStackTrace();
    }

    private static int refuse(String message) {
        say("failed to start: " + message);
        return 1;
    }

    static void say(String line) {
        System.err.println(PROGRAM + line);
    }
}
