package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.StreamableHttp;
import dev.gatehouse.time.Ticker;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The main HTTP server: one virtual thread a connection, strict parsing, every answer of our own making. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_HEADERS = 16_384;
    /** How the parser says that; it has no status for it. */
    private static final String TOO_MANY_HEADERS = "Header size exceeded";

    private static final int MAX_CONNECTIONS = 2_048;

    /** Failed attempts to authenticate that one address may make a minute (threats.md T7.3). */
    private static final int FAILURES_A_MINUTE = 10;

    private final WebServer server;
    private final WatchedConnections connections;

    private HttpServer(WebServer server, WatchedConnections connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if the port cannot be had
     */
    public static HttpServer start(Listen listen, Services services) {
        var ids = new Ids();
        var ticker = Ticker.system();
        var front = new Front(
                new Routes(routes(services, ids)),
                new HostRules(listen.allowedHosts(), listen.allowedOrigins()),
                new Authentication(
                        services.credentials(),
                        new FailureThrottle(ticker, FAILURES_A_MINUTE),
                        services.modelKeyAlwaysNeeded()),
                ids);
        var connections = new WatchedConnections(http1(), ticker);
        var server = WebServer.builder()
                .host(listen.host())
                .port(listen.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .maxTcpConnections(MAX_CONNECTIONS)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                // Without it every flushed line of a stream waits for the client's delayed acknowledgement, 40 ms.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .errorHandling(errors -> errors.includeEntity(true))
                .directHandlers(directHandlers(ids))
                .routing(routing -> routing.any(front::handle))
                .build();
        server.start();
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException("cannot listen on " + listen.host() + ":" + listen.port());
        }
        return new HttpServer(server, connections);
    }

    private static Http1ConnectionSelector http1() {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(MAX_HEADERS)
                        .sendKeepAliveHeader(false)
                        .continueImmediately(false)
                        .buildPrototype())
                .build();
    }

    private static List<Route> routes(Services services, Ids ids) {
        var canonical = new ArrayList<Route>();
        canonical.addAll(new TaskRoutes(services.dispatcher()).routes());
        canonical.addAll(new ApprovalRoutes(services.approvals()).routes());
        canonical.addAll(new SafetyRoutes(services.interlock(), services.audit()).routes());
        canonical.addAll(new StatusRoutes(
                        services.ready(),
                        services.dispatcher(),
                        services.interlock(),
                        services.lease(),
                        services.manifest(),
                        services.audit())
                .routes());
        canonical.addAll(new ToolRoutes(services.gate(), ids).routes());
        var all = new ArrayList<>(Routes.withShortPaths(canonical));
        all.addAll(new DispatchRoutes(services.dispatcher()).routes());
        all.addAll(new McpRoutes(new StreamableHttp(services.mcp(), Ticker.system())).routes());
        return all;
    }

    /** What the server itself refuses, before any route, is answered in the same form as everything else. */
    private static DirectHandlers directHandlers(Ids ids) {
        var builder = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            builder.addHandler(
                    type, (request, event, status, headers, message) -> problem(code(status, message), headers, ids));
        }
        return builder.build();
    }

    private static DirectHandler.TransportResponse problem(Refusal.Code code, ServerResponseHeaders headers, Ids ids) {
        var refusal = Refusal.of(code, "malformed or unacceptable request");
        var body = Json.line(Problems.document(refusal, ids.mint(Ids.Kind.REQUEST)));
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(refusal.code().status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(false)
                .entity(body.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** Whatever fails before a request reaches us is the fault of the request, so it is never called an internal error. */
    private static Refusal.Code code(Status status, @Nullable String message) {
        if (TOO_MANY_HEADERS.equals(message)) {
            return Refusal.Code.HEADERS_TOO_LARGE;
        }
        return switch (status.code()) {
            case 404 -> Refusal.Code.NOT_FOUND;
            case 405 -> Refusal.Code.METHOD_NOT_ALLOWED;
            case 408 -> Refusal.Code.REQUEST_TIMEOUT;
            case 413 -> Refusal.Code.TOO_LARGE;
            case 431 -> Refusal.Code.HEADERS_TOO_LARGE;
            case 503 -> Refusal.Code.NO_CAPACITY;
            default -> Refusal.Code.BAD_REQUEST;
        };
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
