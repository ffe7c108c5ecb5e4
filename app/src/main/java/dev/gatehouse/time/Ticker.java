package dev.gatehouse.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A monotonic clock that can also be waited on. Tests hand in one that they move themselves. */
public interface Ticker {
    /** Nanoseconds since an arbitrary origin; only differences mean anything. */
    long nanoTime();

    /**
     * Waits until {@link #nanoTime()} has reached the given value.
     *
     * @throws InterruptedException if the thread is interrupted before or while waiting
     */
    void sleepUntil(long nanoTime) throws InterruptedException;

    /** Waits for a duration; see {@link #sleepUntil}. */
    default void sleep(Duration duration) throws InterruptedException {
        sleepUntil(nanoTime() + duration.toNanos());
    }

    /** The machine's own clock. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }

    /** {@link System#nanoTime()} and parking. */
    enum SystemTicker implements Ticker {
        INSTANCE;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long nanoTime) throws InterruptedException {
            for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(this, left);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
