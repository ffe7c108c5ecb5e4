package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

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
     * Where to listen, and how many may connect.
     *
     * @param port 0 for any free one
     * @param maxPerSource connections that one address may have
     * @param proxies addresses that speak for many, to which that does not apply
     * @param tls what proves who the server is; plain HTTP without it
     */
    public record Place(
            String host,
            int port,
            int maxConnections,
            int maxPerSource,
            Set<String> proxies,
            Optional<SSLContext> tls) {
        /** Plain HTTP, for whoever comes first. */
        public Place(String host, int port, int maxConnections) {
            this(host, port, maxConnections, maxConnections, Set.of(), Optional.empty());
        }
    }

    /**
     * Starts to listen.
     *
     * @param handler of every request, whatever its method and path
     * @param refusals answers to what never becomes a request
     * @throws IllegalStateException if the port cannot be had
     */
    public static StrictServer start(Place place, Handler handler, DirectHandlers refusals) {
        var cap = new SourceCap(place.maxPerSource(), place.proxies());
        var connections = new WatchedConnections(http1(), cap, Ticker.system());
        var server = WebServer.builder()
                .host(place.host())
                .port(place.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .maxTcpConnections(place.maxConnections())
                .update(builder -> place.tls().ifPresent(context -> builder.tls(tls -> tls.sslContext(context))))
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
            throw new IllegalStateException("cannot listen on " + place.host() + ":" + place.port());
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
