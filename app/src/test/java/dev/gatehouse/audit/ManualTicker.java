package dev.gatehouse.audit;

import dev.gatehouse.time.Ticker;
import java.time.Duration;

/** Time that moves when the test says so. */
final class ManualTicker implements Ticker {
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleepUntil(long nanoTime) throws InterruptedException {
        while (now < nanoTime) {
            wait();
        }
    }

    synchronized void advance(Duration by) {
        now += by.toNanos();
        notifyAll();
    }
}
