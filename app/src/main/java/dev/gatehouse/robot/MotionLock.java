package dev.gatehouse.robot;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One motion at a time. Taking it never waits and never queues: it is free or {@code busy} (robot-md.md 10.6 check 12). */
public final class MotionLock {
    private final AtomicReference<@Nullable Hold> holder = new AtomicReference<>();

    /** Takes the lock, or nothing if somebody has it. */
    public Optional<Hold> tryHold(String requestId) {
        var hold = new Hold(requestId);
        return holder.compareAndSet(null, hold) ? Optional.of(hold) : Optional.empty();
    }

    /** The request that has the lock. */
    public Optional<String> holder() {
        return Optional.ofNullable(holder.get()).map(hold -> hold.requestId);
    }

    /** Possession of the lock, until closed. */
    public final class Hold implements AutoCloseable {
        private final String requestId;

        private Hold(String requestId) {
            this.requestId = requestId;
        }

        /** Gives the lock back. Harmless when repeated. */
        @Override
        public void close() {
            holder.compareAndSet(this, null);
        }
    }
}
