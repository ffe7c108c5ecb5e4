package dev.gatehouse.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A clock that stands still until a test moves it. */
public final class ManualTicker implements Ticker {
    private static final long GIVE_UP_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Long> sleepers = new ArrayList<>();
    private long now;

    /** Begins at zero. */
    public ManualTicker() {
        this(0);
    }

    /** Begins at this moment, for those who have to share deadlines with a ticker of another kind. */
    public ManualTicker(long now) {
        this.now = now;
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleepUntil(long nanoTime) throws InterruptedException {
        lock.lockInterruptibly();
        Long until = nanoTime;
        try {
            sleepers.add(until);
            changed.signalAll();
            while (now < nanoTime) {
                changed.await();
            }
        } finally {
            sleepers.remove(until);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Moves the clock and wakes whoever waited for it. */
    public void advance(Duration by) {
        lock.lock();
        try {
            now += by.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many threads sleep. */
    public int sleepers() {
        lock.lock();
        try {
            return sleepers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everybody who was due has woken and at least so many threads sleep again. */
    public void awaitSleepers(int count) throws InterruptedException, TimeoutException {
        lock.lock();
        try {
            var left = TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
            while (sleepers.size() < count || sleepers.stream().anyMatch(until -> until <= now)) {
                if (left <= 0) {
                    throw new TimeoutException("only " + sleepers.size() + " threads sleep");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
