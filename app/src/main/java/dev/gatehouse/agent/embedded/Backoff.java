package dev.gatehouse.agent.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before another attempt: full jitter on 0.5 s, 1 s, 2 s and so on (engines.md section 2.4). */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt the attempt that failed, from 1
     * @param retryAfter what the server asked for; honoured up to 30 s
     */
    Duration delay(int attempt, Optional<Duration> retryAfter) {
        var ceiling = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        var bound = ceiling.compareTo(LONGEST) < 0 ? ceiling : LONGEST;
        var jitter = Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
        var asked = retryAfter.orElse(Duration.ZERO);
        var honoured = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
        return honoured.compareTo(jitter) > 0 ? honoured : jitter;
    }
}
