package dev.gatehouse.server;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.gate.BearersWatch;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.web.HttpServer;
import dev.gatehouse.web.StopListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Gatehouse. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Deque<AutoCloseable> closing;
    private final AtomicBoolean ready;
    private final PinnedManifest manifest;
    private final Robot robot;
    private final HttpServer http;
    private final StopListener stops;
    private final Credentials credentials;
    private final BearersWatch bearers;
    private final PriceFile prices;
    private final PolicyReload policy;
    private final McpService mcp;

    Server(
            Deque<AutoCloseable> closing,
            AtomicBoolean ready,
            PinnedManifest manifest,
            Robot robot,
            HttpServer http,
            StopListener stops,
            Credentials credentials,
            BearersWatch bearers,
            PriceFile prices,
            PolicyReload policy,
            McpService mcp) {
        this.bearers = bearers;
        this.prices = prices;
        this.policy = policy;
        this.closing = closing;
        this.ready = ready;
        this.manifest = manifest;
        this.robot = robot;
        this.http = http;
        this.stops = stops;
        this.credentials = credentials;
        this.mcp = mcp;
    }

    /**
     * Starts a server; returns when it is ready.
     *
     * @throws StartFailure if it cannot start; then nothing is left running
     */
    public static Server start(ServerConfig config) throws StartFailure {
        return start(config, Surroundings.real());
    }

    /** The same in given surroundings, for demonstrations, tests and measurements. */
    public static Server start(ServerConfig config, Surroundings surroundings) throws StartFailure {
        var closing = new ArrayDeque<AutoCloseable>();
        var started = false;
        try {
            var server = new Assembly(config, surroundings, closing).assemble();
            started = true;
            return server;
        } catch (ConfigException e) {
            throw new StartFailure(StartFailure.Kind.CONFIGURATION, String.valueOf(e.getMessage()));
        } finally {
            if (!started) {
                closeAll(closing);
            }
        }
    }

    /** Port of the main listener. */
    public int port() {
        return http.port();
    }

    /** Port of the stop listener. */
    public int stopPort() {
        return stops.port();
    }

    /** The robot, for those who run the server; no caller reaches it here. */
    public Robot robot() {
        return robot;
    }

    /** Whose token this is, for a client that has no connection of its own to present it on. */
    public Optional<Principal> credential(String token) {
        return credentials.authenticate(token);
    }

    /** The robot as MCP clients see it, every call through the gate. */
    public McpService mcp() {
        return mcp;
    }

    /** Takes the credentials, the prices, the policy and ROBOT.md as they are now (D16.4). */
    public void reload() {
        bearers.reload();
        prices.reload();
        policy.run();
        manifest.reload();
        LOG.info("manifest reloaded");
    }

    /** Stops in order: no new orders, motion stopped, tasks ended, everything written (D16.4). */
    @Override
    public void close() {
        ready.set(false);
        closeAll(closing);
    }

    private static void closeAll(Deque<AutoCloseable> closing) {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                LOG.error("a part of the server could not be closed", e);
            }
        }
    }
}
