package dev.gatehouse.rest;

import dev.gatehouse.http.StrictServer;
import dev.gatehouse.robotmd.Served;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;

/** The REST bridge of one manifest (robot-md.md section 9). */
public final class RestServer implements AutoCloseable {
    /** Each may hold a mebibyte of somebody's manifest and what it parses to. */
    private static final int MAX_CONNECTIONS = 64;

    private final StrictServer server;

    private RestServer(StrictServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the port cannot be had
     */
    public static RestServer start(RestConfig config, Served served) {
        var front = new Front(
                new Doorway(config), new Routes(served, config.bearer().isPresent()));
        var place = new StrictServer.Place(config.host(), config.port(), MAX_CONNECTIONS);
        return new RestServer(StrictServer.start(place, front::handle, refusals()));
    }

    /** What never becomes a request is answered in the same form as everything else. */
    private static DirectHandlers refusals() {
        var builder = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            builder.addHandler(type, (request, event, status, headers, message) -> refusal(status));
        }
        return builder.build();
    }

    /** Whatever fails before a request reaches us is the fault of the request, so it is never called an internal error. */
    private static DirectHandler.TransportResponse refusal(Status status) {
        var code = status.code() < 400 || status.code() == 500 ? 400 : status.code();
        var body = Answer.error(code, "malformed or unacceptable request").body();
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(code))
                .header(HeaderNames.CONTENT_TYPE, Answer.JSON)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(false)
                .entity(body.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
