package dev.gatehouse.robot;

import dev.gatehouse.time.Ticker;
import java.time.Duration;

/**
 * Looks at the shared latch file every 50 ms, so that a stop in one process of this host stops them all (robot-md.md 10.7).
 * A process that is alone on its robot needs none.
 */
public final class LatchWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Thread thread;

    private LatchWatch(Interlock interlock, Ticker ticker) {
        this.thread =
                Thread.ofPlatform().daemon().name("gatehouse-latch-watch").unstarted(() -> watch(interlock, ticker));
    }

    /** Starts looking. */
    public static LatchWatch start(Interlock interlock, Ticker ticker) {
        var watch = new LatchWatch(interlock, ticker);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void watch(Interlock interlock, Ticker ticker) {
        try {
            while (true) {
                ticker.sleep(PERIOD);
                interlock.follow();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }
}
