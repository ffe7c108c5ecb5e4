package dev.gatehouse.time;

import java.time.Duration;

/** A moment on a {@link Ticker} by which something must be over. */
public record Deadline(Ticker ticker, long at) {
    /** The moment that lies the given duration ahead. */
    public static Deadline in(Duration duration, Ticker ticker) {
        return new Deadline(ticker, ticker.nanoTime() + duration.toNanos());
    }

    /** Time left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, at - ticker.nanoTime()));
    }

    public boolean passed() {
        return at - ticker.nanoTime() <= 0;
    }

    /** This deadline, or the given duration from now if that is earlier. */
    public Deadline atMost(Duration duration) {
        var other = in(duration, ticker);
        return other.at - at < 0 ? other : this;
    }
}
