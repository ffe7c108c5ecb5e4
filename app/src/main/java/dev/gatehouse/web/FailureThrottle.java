package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Slows down whoever guesses tokens: more than ten failures a minute from one address (threats.md T7.3). */
final class FailureThrottle {
    private static final int MAX_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Addresses remembered at most; the oldest is forgotten first, so that nobody fills the memory. */
    private static final int MAX_SOURCES = 10_000;

    private final Ticker ticker;
    private final Map<String, Failures> bySource = new LinkedHashMap<>();

    FailureThrottle(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Refuses a source that failed too often. */
    synchronized void check(String source) throws RefusedException {
        var failures = bySource.get(source);
        if (failures != null && failures.count > MAX_FAILURES && !over(failures)) {
            throw new RefusedException(
                    Refusal.later(Refusal.Code.TOO_MANY_FAILURES, "too many failed attempts to authenticate", (int)
                            WINDOW.toSeconds()));
        }
    }

    /** Notes one failure. */
    synchronized void failed(String source) {
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
