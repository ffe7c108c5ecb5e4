package dev.gatehouse.web;

import dev.gatehouse.http.WatchedConnection;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why somebody stops the robot, as far as the request says so without anybody waiting for it.
 *
 * <p>Nothing a caller sends, or fails to send, may delay a stop (D8.1): the body is looked at only if all of it has arrived
 * together with the head, and whatever is wrong with it counts as no reason given.
 */
final class StopReason {
    private static final Logger LOG = LoggerFactory.getLogger(StopReason.class);
    private static final String NONE = "POST /v1/estop";
    private static final int MAX_BODY = 4096;
    private static final int MAX_REASON = 500;

    private StopReason() {}

    static String of(Exchange exchange) {
        return of(exchange, NONE);
    }

    /** The same with what is said if no reason was given. */
    static String of(Exchange exchange, String otherwise) {
        var length = exchange.header(HeaderNames.CONTENT_LENGTH).orElse("");
        if (!length.matches("[1-9][0-9]{0,3}")
                || Integer.parseInt(length)
                        > Math.min(MAX_BODY, WatchedConnection.current().arrived())) {
            return otherwise;
        }
        try (var body = exchange.request().content().inputStream()) {
            var reason =
                    Json.read(body.readAllBytes()).path("reason").asString("").strip();
            return reason.isEmpty() ? otherwise : cut(reason);
        } catch (MalformedJsonException | IOException | UncheckedIOException e) {
            LOG.debug("a stop came with a body that says nothing");
            return otherwise;
        }
    }

    private static String cut(String reason) {
        return reason.codePointCount(0, reason.length()) <= MAX_REASON
                ? reason
                : reason.substring(0, reason.offsetByCodePoints(0, MAX_REASON));
    }
}
