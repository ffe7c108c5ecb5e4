package dev.gatehouse.client;

import java.time.Duration;

/**
 * How long a follower hopes.
 *
 * @param silence after which a connection counts as broken; a server says something every 15 seconds at least (D4.8)
 * @param firstPause before the first attempt to read on; doubled each time
 * @param longestPause between two attempts
 * @param attempts in a row without one event
 */
public record Patience(Duration silence, Duration firstPause, Duration longestPause, int attempts) {
    /** Well over a minute, in which a server can be started again. */
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(40), Duration.ofMillis(100), Duration.ofSeconds(5), 20);
    }

    Duration pause(int failures) {
        var doubled = firstPause.multipliedBy(1L << Math.min(failures - 1, 16));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
