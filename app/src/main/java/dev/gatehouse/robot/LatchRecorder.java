package dev.gatehouse.robot;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the latch to disk on a thread of its own, after the stop was sent, and again every second until it is there (D8.2).
 * The lock orders it with a clearing; no stop ever takes it.
 */
final class LatchRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatchRecorder.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final LatchStore store;
    private final Ticker ticker;
    private final Supplier<@Nullable LatchState> due;
    private final Worker worker;
    private volatile String onDisk = "";
    private volatile boolean closed;

    /** A recorder that writes what is due: the latch that is set and whose stop was sent, or null. */
    LatchRecorder(LatchStore store, Ticker ticker, Supplier<@Nullable LatchState> due) {
        this.store = store;
        this.ticker = ticker;
        this.due = due;
        this.worker = Worker.start("gatehouse-latch", this::bringToDisk);
    }

    void wake() {
        worker.wake();
    }

    /** Whether the latch with this id is on disk. */
    boolean holds(String latchId) {
        return onDisk.equals(latchId);
    }

    /** The latch with this id came from the disk, or left it if the id is empty. */
    void assume(String latchId) {
        onDisk = latchId;
    }

    /** Records that a latch was cleared; whatever latch comes after it is written after it. */
    void clear(String latchId) throws IOException {
        lock.lock();
        try {
            onDisk = "";
            store.write(new StoredLatch.Open(Optional.of(latchId)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.close();
    }

    private void bringToDisk() {
        while (!closed && !written()) {
            Patience.await(() -> closed, ticker.nanoTime() + RETRY.toNanos(), ticker);
        }
    }

    private boolean written() {
        lock.lock();
        try {
            var latch = due.get();
            if (latch != null && !holds(latch.latchId())) {
                store.write(new StoredLatch.Latched(latch));
                onDisk = latch.latchId();
            }
            return true;
        } catch (IOException e) {
            LOG.error("ALARM: the stop latch is not on disk; it is set in memory and writing is tried again", e);
            return false;
        } finally {
            lock.unlock();
        }
    }
}
