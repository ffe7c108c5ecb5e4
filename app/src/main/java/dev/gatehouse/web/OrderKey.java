package dev.gatehouse.web;

import dev.gatehouse.dispatch.IdempotencyKey;
import dev.gatehouse.dispatch.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: a string of RFC 9651 or a bare token, 1 to 255 characters (dispatcher.md 3.2, D13.1). */
final class OrderKey {
    private static final HeaderName HEADER = HeaderNames.create("Idempotency-Key");
    private static final Pattern STRING = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z:/-]+");
    private static final int LONGEST = 255;

    private OrderKey() {}

    /**
     * The key of this request, if it has one.
     *
     * @param route canonical name of the route it counts on
     */
    static Optional<IdempotencyKey> of(Exchange exchange, String route) throws RefusedException {
        var headers = exchange.headers(HEADER);
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        var key = parse(headers)
                .orElseThrow(() -> new RefusedException(
                        Refusal.Code.BAD_REQUEST,
                        "Idempotency-Key must be one string in quotes, or one bare token, of 1 to 255 characters"));
        try {
            return Optional.of(IdempotencyKey.of(exchange.principal().credentialId(), route, key, exchange.body()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.Code.INVALID_REQUEST,
                    "the body holds a number beyond 2^53 or of more than 17 digits, which cannot be compared;"
                            + " send it as a string, or leave the Idempotency-Key out");
        }
    }

    /** The key that the values of the header spell; empty if they spell none, or more than one. */
    static Optional<String> parse(List<String> headers) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        var text = headers.getFirst().strip();
        var quoted = STRING.matcher(text);
        var key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : text;
        var wellFormed = quoted.matches() || TOKEN.matcher(text).matches();
        return wellFormed && !key.isEmpty() && key.length() <= LONGEST ? Optional.of(key) : Optional.empty();
    }
}
