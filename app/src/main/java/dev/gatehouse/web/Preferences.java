package dev.gatehouse.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a caller would like (RFC 7240): to be answered at once, or to wait no longer than this. What is unknown or out of range
 * is no preference.
 */
record Preferences(boolean async, Optional<Duration> waiting) {
    /** Longest time that a caller may wait for one JSON answer (dispatcher.md 3.2). */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final HeaderName APPLIED = HeaderNames.create("Preference-Applied");
    private static final Pattern WAIT = Pattern.compile("(?i)wait\\s*=\\s*\"?([0-9]{1,4})\"?");

    static Preferences of(Exchange exchange) {
        return of(exchange.headers(PREFER));
    }

    static Preferences of(List<String> headers) {
        var wishes = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                // Parameters of a preference mean nothing to us.
                .flatMap(wish -> Stream.of(wish.split(";", 2)[0].strip()))
                .toList();
        var wait = wishes.stream()
                .map(WAIT::matcher)
                .filter(wish -> wish.matches())
                .map(wish -> Duration.ofSeconds(Long.parseLong(wish.group(1))))
                .findFirst();
        return new Preferences(
                wishes.stream().anyMatch("respond-async"::equalsIgnoreCase),
                wait.filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0));
    }

    /** Says that a preference was followed. */
    static void applied(Exchange exchange, String preference) {
        exchange.respondHeader(APPLIED.defaultCase(), preference);
    }
}
