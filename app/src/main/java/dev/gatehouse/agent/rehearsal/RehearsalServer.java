package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.time.Ticker;
import io.helidon.webserver.WebServer;
import java.time.Duration;

/**
 * The rehearsal endpoint, listening on 127.0.0.1 until it is closed.
 *
 * <p>It speaks the Messages API (engines.md section 3) and answers from scripts. It needs no key, although like the real API it
 * insists on being shown one; what the key is does not matter, and it is neither kept nor logged.
 */
public final class RehearsalServer implements AutoCloseable {
    /** The model name of every answer, whatever model was asked for (E6.1); its prices are fictitious (E4.8). */
    public static final String MODEL = "gatehouse-rehearsal-1";

    private static final String LOOPBACK = "127.0.0.1";

    /** How long a client may take between two bytes of a request, and a pooled connection may idle. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    /** Nothing here is worth waiting for when the server stops. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final WebServer server;
    private final int port;
    private final Endpoint endpoint;

    private RehearsalServer(WebServer server, Endpoint endpoint) {
        this.server = server;
        this.port = server.port();
        this.endpoint = endpoint;
    }

    /**
     * Starts an endpoint.
     *
     * @param port TCP port, or 0 for any free one
     * @throws IllegalStateException if the port cannot be had
     */
    public static RehearsalServer start(ScriptLibrary library, int port) {
        return start(library, port, Ticker.system());
    }

    /** Starts an endpoint whose pauses are measured on the given ticker; see {@link #start(ScriptLibrary, int)}. */
    public static RehearsalServer start(ScriptLibrary library, int port, Ticker ticker) {
        var endpoint = new Endpoint(library, ticker);
        var server = WebServer.builder()
                .host(LOOPBACK)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                // Without it every flushed event waits for the client's delayed acknowledgement, 40 ms and more.
                .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(READ_TIMEOUT))
                .routing(routing -> routing.any(endpoint::handle))
                .build();
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen on port " + port + " of " + LOOPBACK);
        }
        return new RehearsalServer(server, endpoint);
    }

    /** The base URL clients are given, such as {@code http://127.0.0.1:40123}, without a slash at the end. */
    public String url() {
        return "http://" + LOOPBACK + ":" + port();
    }

    /** The port that is listened on. */
    public int port() {
        return port;
    }

    /** How many {@code POST /v1/messages} have come in, refused and faulted ones included. */
    public long requests() {
        return endpoint.messageRequests();
    }

    /** How many {@code POST /v1/messages/count_tokens} have come in. */
    public long countRequests() {
        return endpoint.countRequests();
    }

    /** Stops listening and drops what is under way. */
    @Override
    public void close() {
        server.stop();
    }
}
