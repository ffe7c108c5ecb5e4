package dev.gatehouse.audit;

import dev.gatehouse.time.Ticker;
import java.time.Duration;

/** Time that moves when the test says so. */
final class ManualTicker implements Ticker {
    private long now;
    private long sleepingUntil;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) throws InterruptedException {
        sleepingUntil = nanoTime;
        notifyAll();
        while (now < nanoTime) {
            wait();
        }
    }

    synchronized void advance(Duration by) {
        now += by.toNanos();
        notifyAll();
    }

    /** Advances once somebody waits for a later moment, so that no wake-up is skipped. */
    synchronized void advanceSleeper(Duration by) throws InterruptedException {
        while (sleepingUntil <= now) {
            wait();
        }
        advance(by);
    }
}
