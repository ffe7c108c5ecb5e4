package dev.gatehouse.web;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.gate.FailureThrottle;
import dev.gatehouse.http.LocalServer;
import dev.gatehouse.http.StrictServer;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Ticker;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The main HTTP server: one virtual thread a connection, strict parsing, every answer of our own making. */
public final class HttpServer implements AutoCloseable {
    /** How the parser says that; it has no status for it. */
    private static final String TOO_MANY_HEADERS = "Header size exceeded";

    private static final int MAX_CONNECTIONS = 2_048;

    /** One address that holds all it may leaves three quarters to the others (threats.md T12.1). */
    private static final int MAX_PER_SOURCE = MAX_CONNECTIONS / 4;

    /** Failed attempts to authenticate that one address may make a minute (threats.md T7.3). */
    private static final int FAILURES_A_MINUTE = 10;

    private final StrictServer server;
    private final OpenRequests requests;
    private final Front front;
    private final DirectHandlers refusals;

    private HttpServer(StrictServer server, OpenRequests requests, Front front, DirectHandlers refusals) {
        this.server = server;
        this.requests = requests;
        this.front = front;
        this.refusals = refusals;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if the port cannot be had
     */
    public static HttpServer start(Listen listen, Services services) {
        var ids = new Ids();
        var requests = new OpenRequests(
                services.credentials(),
                who -> services.audit()
                        .note(AuditEntry.of(AuditEvent.DISCONNECT)
                                .by(AuditActors.of(who))
                                .withOutcome(Json.tree("credential_revoked"))));
        var streams = new OpenStreams();
        var front = new Front(
                Routes.of(services, streams, ids),
                new HostRules(listen.allowedHosts(), listen.allowedOrigins()),
                new Authentication(
                        services.credentials(),
                        services.operators(),
                        new FailureThrottle(Ticker.system(), FAILURES_A_MINUTE),
                        services.audit()::note,
                        services.modelKeyAlwaysNeeded()),
                requests,
                listen.trustedProxies(),
                streams,
                ids);
        var refusals = directHandlers(ids);
        var place = new StrictServer.Place(
                listen.host(), listen.port(), MAX_CONNECTIONS, MAX_PER_SOURCE, listen.trustedProxies(), listen.tls());
        return new HttpServer(StrictServer.start(place, front::handle, refusals), requests, front, refusals);
    }

    /**
     * Serves the same on a Unix socket, until it is closed.
     *
     * @throws IOException if the socket cannot be made, or another server listens on it
     */
    public LocalServer listenLocally(Path socket) throws IOException {
        return LocalServer.start(socket, front::handle, refusals);
    }

    /** Ends the requests of credentials that no longer grant what they did (D2.8). */
    public void revoked() {
        requests.revoked();
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
        var requestId = ids.mint(Ids.Kind.REQUEST);
        var body = Json.line(Problems.document(refusal, requestId));
        refusal.retryAfterS().ifPresent(seconds -> headers.set(HeaderNames.RETRY_AFTER, Integer.toString(seconds)));
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(refusal.code().status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.create("X-Request-Id"), requestId)
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
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
