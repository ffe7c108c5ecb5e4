package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.http.StrictServer;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.StreamableHttp;
import dev.gatehouse.time.Ticker;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The main HTTP server: one virtual thread a connection, strict parsing, every answer of our own making. */
public final class HttpServer implements AutoCloseable {
    /** How the parser says that; it has no status for it. */
    private static final String TOO_MANY_HEADERS = "Header size exceeded";

    private static final int MAX_CONNECTIONS = 2_048;

    /** Failed attempts to authenticate that one address may make a minute (threats.md T7.3). */
    private static final int FAILURES_A_MINUTE = 10;

    private final StrictServer server;

    private HttpServer(StrictServer server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if the port cannot be had
     */
    public static HttpServer start(Listen listen, Services services) {
        var ids = new Ids();
        var front = new Front(
                new Routes(routes(services, ids)),
                new HostRules(listen.allowedHosts(), listen.allowedOrigins()),
                new Authentication(
                        services.credentials(),
                        new FailureThrottle(Ticker.system(), FAILURES_A_MINUTE),
                        services.modelKeyAlwaysNeeded()),
                ids);
        return new HttpServer(
                StrictServer.start(listen.host(), listen.port(), MAX_CONNECTIONS, front::handle, directHandlers(ids)));
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
        all.addAll(new ConsoleRoutes().routes());
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
        server.close();
    }
}
