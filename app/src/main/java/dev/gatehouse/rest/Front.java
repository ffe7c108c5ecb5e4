package dev.gatehouse.rest;

import dev.gatehouse.http.BoundedBody;
import dev.gatehouse.http.Entity;
import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ManifestParser;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request through the doorway to its route, and its answer back (robot-md.md section 9). */
final class Front {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    /** Time for a whole exchange after its head, taking the answer included. */
    private static final Duration EXCHANGE = Duration.ofSeconds(30);

    private static final byte[] NOTHING = new byte[0];

    private final Doorway doorway;
    private final Routes routes;
    private final Ids ids = new Ids();

    Front(Doorway doorway, Routes routes) {
        this.doorway = doorway;
        this.routes = routes;
    }

    /**
     * An answer, and whether no other request may follow on its connection, because where this one ends is not clear or nobody
     * read it to its end.
     */
    private record Reply(Answer answer, boolean last) {}

    void handle(ServerRequest request, ServerResponse response) {
        var connection = WatchedConnection.current();
        connection.within(EXCHANGE);
        var reply = reply(request);
        var last = reply.last() || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        send(request, response, reply.answer(), last);
        if (last) {
            throw connection.end();
        }
        connection.within(WatchedConnection.HEAD);
    }

    private Reply reply(ServerRequest request) {
        try {
            var refusal = doorway.refusal(request);
            if (refusal.isPresent()) {
                return unread(request, refusal.get());
            }
            if (doorway.isPreflight(request)) {
                return unread(request, new Answer(204, "", ""));
            }
            var route = routes.find(
                    request.prologue().method().text(), request.path().rawPath());
            return route.takesManifest()
                    ? withBody(request, route)
                    : unread(request, route.handler().answer(host(request), NOTHING));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(Answer.error(503, "the server is shutting down"), true);
        } catch (RuntimeException e) {
            if (e instanceof CloseConnectionException close) {
                throw close;
            }
            var id = ids.mint(Ids.Kind.REQUEST);
            LOG.error("request {} failed inside", id, e);
            var body = Json.object().put("error", "internal error").put("request_id", id);
            return new Reply(Answer.json(500, body), true);
        }
    }

    private static Reply unread(ServerRequest request, Answer answer) {
        return new Reply(answer, answer.status() == 400 || BoundedBody.announced(request));
    }

    private static Reply withBody(ServerRequest request, Route route) throws InterruptedException {
        return switch (BoundedBody.read(request, ManifestParser.MAX_BYTES)) {
            case BoundedBody.Whole(var bytes) -> new Reply(route.handler().answer(host(request), bytes), false);
            case BoundedBody.TooLarge() ->
                new Reply(Answer.error(413, "the body is over " + ManifestParser.MAX_BYTES + " bytes"), true);
            case BoundedBody.TooSlow() -> new Reply(Answer.error(408, "the body did not arrive in time"), true);
            case BoundedBody.Misframed() ->
                new Reply(Answer.error(400, "the body is not framed as its headers say"), true);
            case BoundedBody.Gone() -> throw new CloseConnectionException("the client is gone");
        };
    }

    private static String host(ServerRequest request) {
        return Doorway.values(request, HeaderNames.HOST).getFirst();
    }

    private void send(ServerRequest request, ServerResponse response, Answer answer, boolean last) {
        response.status(answer.status());
        response.header("Cache-Control", "no-store");
        response.header("X-Content-Type-Options", "nosniff");
        doorway.reader(request).ifPresent(origin -> {
            response.header("Access-Control-Allow-Origin", origin);
            response.header("Access-Control-Allow-Methods", "GET, HEAD, POST");
            response.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
            response.header("Vary", "Origin");
        });
        if (answer.status() == 401) {
            response.header("WWW-Authenticate", "Bearer realm=\"gatehouse\"");
        }
        if (last) {
            response.header("Connection", "close");
        }
        if (answer.mediaType().isEmpty()) {
            response.send();
        } else {
            response.header("Content-Type", answer.mediaType());
            Entity.send(request, response, answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }
}
