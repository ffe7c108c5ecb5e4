package dev.gatehouse.time;

import java.util.concurrent.atomic.AtomicLong;

/** A clock on which every wait is over at once: time is wherever the last sleeper wanted it to be. */
public final class InstantTicker implements Ticker {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now.accumulateAndGet(nanoTime, Math::max);
    }
}
