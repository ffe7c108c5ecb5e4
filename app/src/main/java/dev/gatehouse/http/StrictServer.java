package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;

/** An HTTP/1.1 listener with hard edges: one virtual thread a connection, bounded heads, every connection watched. */
public final class StrictServer implements AutoCloseable {
    private static final int MAX_HEADERS = 16_384;

    private final WebServer server;
    private final WatchedConnections connections;

    private StrictServer(WebServer server, WatchedConnections connections) {
        this.server = server;
        this.connections = connections;
    }

    /** What the kernel holds for a client that reads nothing; left alone it takes up to 4 MiB for each (D4.4). */
    private static final int SEND_BUFFER = 128 << 10;

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param handler of every request, whatever its method and path
     * @param refusals answers to what never becomes a request
     * @throws IllegalStateException if the port cannot be had
     */
    public static StrictServer start(
            String host, int port, int maxConnections, Handler handler, DirectHandlers refusals) {
        var connections = new WatchedConnections(http1(), Ticker.system());
        var server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .maxTcpConnections(maxConnections)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                // Without it every flushed line of a stream waits for the client's delayed acknowledgement, 40 ms.
                .connectionOptions(options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER))
                .errorHandling(errors -> errors.includeEntity(true))
                .directHandlers(refusals)
                .routing(routing -> routing.any(handler))
                .build();
        server.start();
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException("cannot listen on " + host + ":" + port);
        }
        return new StrictServer(server, connections);
    }

    /** The protocol with our bounds. */
    static Http1ConnectionSelector http1() {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(MAX_HEADERS)
                        .sendKeepAliveHeader(false)
                        .continueImmediately(false)
                        .buildPrototype())
                .build();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        connections.close();
    }
}
