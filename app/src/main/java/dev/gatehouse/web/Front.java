package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.http.BoundedBody;
import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.id.Ids;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request through the checks in their order; the first failure answers (dispatcher.md 3.3). */
final class Front {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Routes routes;
    private final HostRules hosts;
    private final Authentication authentication;
    private final OpenRequests requests;
    private final Set<String> trustedProxies;
    private final OpenStreams streams;
    private final Ids ids;

    Front(
            Routes routes,
            HostRules hosts,
            Authentication authentication,
            OpenRequests requests,
            Set<String> trustedProxies,
            OpenStreams streams,
            Ids ids) {
        this.requests = requests;
        this.routes = routes;
        this.hosts = hosts;
        this.authentication = authentication;
        this.trustedProxies = trustedProxies;
        this.streams = streams;
        this.ids = ids;
    }

    void handle(ServerRequest request, ServerResponse response) {
        var connection = WatchedConnection.current();
        connection.calm();
        var origin = Origin.of(request, trustedProxies);
        var exchange = new Exchange(request, response, ids.mint(Ids.Kind.REQUEST), origin, streams);
        serve(exchange);
        if (exchange.closes()) {
            exchange.complete();
            throw connection.end();
        }
        connection.within(WatchedConnection.HEAD);
    }

    private void serve(Exchange exchange) {
        var allowed = new ArrayList<String>();
        try {
            hosts.check(exchange);
            var request = exchange.request();
            var match = routes.find(
                    request.prologue().method().text(), request.path().rawPath(), allowed);
            exchange.found(match.parameters());
            if (!match.route().readsBody() && hasBody(exchange)) {
                exchange.closeAfterwards();
            }
            var access = match.route().access();
            if (access != Route.Access.OPEN) {
                authentication.authenticate(exchange, access);
            }
            // A stop is carried out whatever becomes of its credential meanwhile.
            if (access != Route.Access.OPEN && access != Route.Access.STOP) {
                requests.enter(exchange);
            }
            BodyReader.read(exchange, match.route().body());
            match.route().handler().handle(exchange);
        } catch (RefusedException e) {
            if (!allowed.isEmpty()) {
                exchange.respondHeader("Allow", String.join(", ", allowed));
            }
            refuse(exchange, e.refusal());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(exchange, Refusal.later(Refusal.Code.STOPPING, "the server is shutting down", 30));
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client is gone", e);
        } catch (Throwable e) {
            failed(exchange, e);
        } finally {
            requests.leave(exchange);
            exchange.over();
        }
    }

    private static void refuse(Exchange exchange, Refusal refusal) {
        if (!exchange.answered()) {
            closeIfUnclear(exchange, refusal);
            exchange.problem(refusal);
        }
    }

    /** Where a request ends is not clear if it is malformed or if nobody read its body; no other may follow it then. */
    private static void closeIfUnclear(Exchange exchange, Refusal refusal) {
        if (refusal.code() == Refusal.Code.BAD_REQUEST || hasBody(exchange)) {
            exchange.closeAfterwards();
        }
    }

    private static boolean hasBody(Exchange exchange) {
        return BoundedBody.announced(exchange.request());
    }

    private static void failed(Exchange exchange, Throwable cause) {
        if (exchange.answered()) {
            // The answer had begun, so the caller went away or the connection broke; the task knows by its presence.
            throw new CloseConnectionException("request " + exchange.requestId() + " ended early", cause);
        }
        exchange.closeAfterwards();
        LOG.error("request {} failed inside", exchange.requestId(), cause);
        exchange.problem(Refusal.of(Refusal.Code.INTERNAL, "internal error; the log of the server has the request id"));
    }
}
