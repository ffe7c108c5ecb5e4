package dev.gatehouse.robot;

import dev.gatehouse.time.Ticker;
import java.util.function.BooleanSupplier;

/** Waits for a condition by looking, because what is waited for comes from hardware and from lock-free words. */
final class Patience {
    private static final int SPINS = 64;
    private static final long FIRST_LOOK = 50_000;
    private static final long SLOWEST_LOOK = 1_000_000;

    private Patience() {}

    /**
     * Whether the condition came true before the given moment; looks at least once a millisecond. An interrupt does not end the
     * wait, since a stop is not given up; it is restored afterwards.
     */
    static boolean await(BooleanSupplier condition, long until, Ticker ticker) {
        var interrupted = false;
        var pause = FIRST_LOOK;
        try {
            for (var i = 0; ; i++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                var now = ticker.nanoTime();
                if (now - until >= 0) {
                    return false;
                }
                if (i < SPINS) {
                    Thread.onSpinWait();
                    continue;
                }
                try {
                    ticker.sleepUntil(Math.min(now + pause - until, 0) + until);
                    pause = Math.min(pause * 2, SLOWEST_LOOK);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
