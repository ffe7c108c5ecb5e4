package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.http.WatchedConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The requests that are being answered, so that those of a credential end with it (D2.8). Safe for any number of threads. */
final class OpenRequests {
    private final Supplier<Credentials> credentials;
    private final Consumer<Principal> ended;
    private final Map<Exchange, WatchedConnection> open = new ConcurrentHashMap<>();

    /**
     * No request yet.
     *
     * @param ended told whose request was ended before its answer was
     */
    OpenRequests(Supplier<Credentials> credentials, Consumer<Principal> ended) {
        this.credentials = credentials;
        this.ended = ended;
    }

    /**
     * Takes up a request of this thread whose caller is known.
     *
     * @throws RefusedException if the credential was revoked since it was looked up
     */
    void enter(Exchange exchange) throws RefusedException {
        open.put(exchange, WatchedConnection.current());
        // A revocation before this line did not find the request; one after it does.
        if (!granted(exchange)) {
            throw new RefusedException(Refusal.Code.UNAUTHORIZED, Authentication.UNKNOWN);
        }
    }

    /** The request is answered. Harmless for one that was never taken up. */
    void leave(Exchange exchange) {
        open.remove(exchange);
    }

    /** Ends every request whose credential no longer grants what it did. */
    void revoked() {
        open.forEach((exchange, connection) -> {
            if (!granted(exchange)) {
                ended.accept(exchange.principal());
                connection.cut();
            }
        });
    }

    private boolean granted(Exchange exchange) {
        return credentials.get().covers(exchange.principal());
    }
}
