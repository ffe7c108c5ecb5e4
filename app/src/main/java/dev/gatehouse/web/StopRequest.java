package dev.gatehouse.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of a request to the {@link StopListener}: the request line and the headers, no body.
 *
 * <p>Every connection carries one request, so a body that follows can never be taken for another one.
 */
record StopRequest(String method, String path, List<String> authorization) {
    private static final int MAX_HEAD = 8192;
    private static final Pattern BEARER = Pattern.compile("(?i)bearer[ \\t]+(\\S+)");

    /**
     * Reads the head within the given time.
     *
     * @return empty if it is malformed, too long or too slow
     * @throws IOException if the connection breaks
     */
    static Optional<StopRequest> read(Socket connection, Duration atMost) throws IOException {
        var end = System.nanoTime() + atMost.toNanos();
        var in = connection.getInputStream();
        var head = new ByteArrayOutputStream();
        var matched = 0;
        while (matched < 4 && head.size() < MAX_HEAD) {
            var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            connection.setSoTimeout((int) left);
            var next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.write(next);
            var expected = matched % 2 == 0 ? '\r' : '\n';
            matched = next == expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return matched == 4 ? parse(head.toString(StandardCharsets.ISO_8859_1)) : Optional.empty();
    }

    private static Optional<StopRequest> parse(String head) {
        var lines = head.split("\r\n", -1);
        var request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            return Optional.empty();
        }
        var authorization = new ArrayList<String>();
        for (var i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            if (colon > 0
                    && lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals("authorization")) {
                authorization.add(lines[i].substring(colon + 1).strip());
            }
        }
        return Optional.of(new StopRequest(request[0], request[1], List.copyOf(authorization)));
    }

    boolean isStop() {
        return method.equals("POST") && (path.equals("/v1/estop") || path.equals("/estop"));
    }

    /** The bearer token; empty unless there is exactly one. */
    Optional<String> token() {
        if (authorization.size() != 1) {
            return Optional.empty();
        }
        var bearer = BEARER.matcher(authorization.getFirst());
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }
}
