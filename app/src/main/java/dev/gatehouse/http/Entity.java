package dev.gatehouse.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The body of an answer that is known as a whole. */
public final class Entity {
    private Entity() {}

    /**
     * Sends an answer whose head is complete. One to HEAD only says how long its body would be; the server would send it, and
     * the client take it for the next answer (RFC 9110 section 9.3.2).
     */
    public static void send(ServerRequest request, ServerResponse response, byte[] bytes) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            response.send(new byte[0]);
        } else {
            response.send(bytes);
        }
    }
}
