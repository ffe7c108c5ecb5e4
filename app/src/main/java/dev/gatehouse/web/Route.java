package dev.gatehouse.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param template path such as {@code /v1/tasks/{id}}, without a trailing slash
 * @param access who may come this far
 * @param body how much of a body is read, and how
 */
record Route(String method, String template, Access access, Body body, Handler handler) {
    /** What a route asks of a caller before its handler sees the request. */
    enum Access {
        /** Nothing. */
        OPEN,
        /** Any credential. */
        CALLER,
        /** Any credential, however often somebody at the same address got it wrong before (D8.1). */
        STOP,
        /** Any credential; a model key is taken if one is brought. */
        CALLER_MAY_PAY,
        /** A credential, and a model key where the engine needs one. */
        CALLER_WITH_KEY
    }

    /** How the body is treated. */
    enum Body {
        NONE,
        /** A JSON document within the bounds of D3.3 step 8. */
        JSON,
        /** JSON of a protocol that answers for its own syntax: read whole, up to 1 MiB, and not looked at. */
        BYTES,
        /** Whatever comes; the handler reads what it can and never fails on it (D8.1). */
        BEST_EFFORT
    }

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        void handle(Exchange exchange) throws Exception;
    }

    static Route get(String template, Access access, Handler handler) {
        return new Route("GET", template, access, Body.NONE, handler);
    }

    static Route post(String template, Access access, Body body, Handler handler) {
        return new Route("POST", template, access, body, handler);
    }

    /** The named parts of the path, if the path is one of this route. */
    Optional<Map<String, String>> match(String path) {
        var wanted = template.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (var i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Whether the body is read to its end before the answer. */
    boolean readsBody() {
        return body == Body.JSON || body == Body.BYTES;
    }

    /** Whether this route answers the method; HEAD is answered where GET is. */
    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}
