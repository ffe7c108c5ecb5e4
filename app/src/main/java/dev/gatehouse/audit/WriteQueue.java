package dev.gatehouse.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What callers hand to the writer thread. Handing over never waits for the disk; notes are bounded by their bytes. */
final class WriteQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long noteLimit;
    private ArrayList<Pending> waiting = new ArrayList<>();
    private long noteBytes;
    private boolean nudged;
    private boolean closed;

    WriteQueue(long noteLimit) {
        this.noteLimit = noteLimit;
    }

    /** Adds a record somebody waits for; false if the queue is closed. */
    boolean offer(Pending pending) {
        lock.lock();
        try {
            return !closed && add(pending);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a note; false if the queue is closed or full. A quarter more room is kept for events that must not be crowded out. */
    boolean offerNote(Draft draft, boolean mayUseReserve) {
        lock.lock();
        try {
            var limit = mayUseReserve ? noteLimit + noteLimit / 4 : noteLimit;
            if (closed || noteBytes + draft.size() > limit) {
                return false;
            }
            noteBytes += draft.size();
            return add(Pending.note(draft));
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Pending pending) {
        waiting.add(pending);
        changed.signal();
        return true;
    }

    /** Wakes the writer even if there is nothing to write, or if it is paused. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for records, or while the writer is paused for a nudge only, and takes all there are. */
    Taken take(BooleanSupplier paused) {
        lock.lock();
        try {
            while (!closed && !nudged && (waiting.isEmpty() || paused.getAsBoolean())) {
                changed.awaitUninterruptibly();
            }
            nudged = false;
            return takeNow();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all there are without waiting. */
    Taken poll() {
        lock.lock();
        try {
            return takeNow();
        } finally {
            lock.unlock();
        }
    }

    private Taken takeNow() {
        var all = waiting;
        waiting = new ArrayList<>();
        return new Taken(all, closed);
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the room of notes that are durable now. */
    void release(List<Pending> written) {
        lock.lock();
        try {
            for (var pending : written) {
                noteBytes -= pending.noteBytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records in the order they came, and whether no more will come. */
    record Taken(List<Pending> records, boolean closed) {}
}
