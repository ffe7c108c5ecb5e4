package dev.gatehouse.gate;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the failures of each source, so that whoever guesses is slowed down (threats.md T7.3, dispatcher.md D7.5).
 *
 * <p>Safe for use by any number of threads.
 */
public final class FailureThrottle {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Sources remembered at most; the oldest is forgotten first, so that nobody fills the memory. */
    private static final int MAX_SOURCES = 10_000;

    private final Ticker ticker;
    private final int allowed;
    private final Map<String, Failures> bySource = new LinkedHashMap<>();

    /**
     * A throttle that has counted nothing yet.
     *
     * @param allowed failures a minute that are let pass; one more closes the door for the rest of that minute
     */
    public FailureThrottle(Ticker ticker, int allowed) {
        this.ticker = ticker;
        this.allowed = allowed;
    }

    /** Whether this source failed too often. */
    public synchronized boolean closed(String source) {
        var failures = bySource.get(source);
        return failures != null && failures.count > allowed && !over(failures);
    }

    /**
     * Notes one failure.
     *
     * @return which one it is of this source in its minute
     */
    public synchronized int failed(String source) {
        var failures = bySource.get(source);
        if (failures == null || over(failures)) {
            bySource.remove(source);
            failures = new Failures(ticker.nanoTime());
            bySource.put(source, failures);
        }
        failures.count++;
        var oldest = bySource.keySet().iterator();
        while (bySource.size() > MAX_SOURCES) {
            oldest.next();
            oldest.remove();
        }
        return failures.count;
    }

    private boolean over(Failures failures) {
        return ticker.nanoTime() - failures.since > WINDOW.toNanos();
    }

    private static final class Failures {
        private final long since;
        private int count;

        Failures(long since) {
            this.since = since;
        }
    }
}
