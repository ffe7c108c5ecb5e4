package dev.gatehouse.dispatch;

import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The promise of a caller to say every few seconds that it is still there; counted from when the order was accepted (D11.6). */
final class DeadMan {
    private final Duration every;
    private final Ticker ticker;
    private Deadline due;
    private CompletableFuture<Void> renewed = new CompletableFuture<>();

    DeadMan(Duration every, Ticker ticker) {
        this.every = every;
        this.ticker = ticker;
        this.due = Deadline.in(every, ticker);
    }

    Duration every() {
        return every;
    }

    /** By when the caller must have said so again, on the ticker. */
    synchronized long due() {
        return due.at();
    }

    /** The caller said so. */
    void renew() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            due = Deadline.in(every, ticker);
            awaited = renewed;
            renewed = new CompletableFuture<>();
        }
        awaited.complete(null);
    }

    /** If the caller is late: completes when it says so after all. */
    synchronized Optional<CompletableFuture<Void>> missed() {
        return due.passed() ? Optional.of(renewed) : Optional.empty();
    }
}
