package dev.gatehouse.gate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one right to move the robot at a time (D9.1).
 *
 * <p>Its generation only grows; a holder that was away and comes back with an old one is refused. Every grant is noted in
 * the audit before the intent that uses it, so a process that starts counting at the last audit number never repeats one.
 */
public final class ActuateLease {
    private @Nullable Grant current;
    private long lastGeneration;
    private volatile Runnable freed = () -> {};

    /**
     * A free lease.
     *
     * @param lastGeneration no generation up to this one is given again
     */
    public ActuateLease(long lastGeneration) {
        this.lastGeneration = lastGeneration;
    }

    /** Takes the lease if it is free. */
    public synchronized Optional<Grant> take(String holder) {
        if (current != null) {
            return Optional.empty();
        }
        current = new Grant(holder, ++lastGeneration);
        return Optional.of(current);
    }

    /** Gives the lease back and tells who waits for it; harmless if it was lost before. */
    public void release(Grant grant) {
        synchronized (this) {
            if (!grant.equals(current)) {
                return;
            }
            current = null;
        }
        freed.run();
    }

    /** Calls somebody, on the thread of the holder, each time the lease was given back. */
    public void onFree(Runnable run) {
        freed = run;
    }

    /** Takes the lease from whoever holds it, so that later calls with its generation are refused. */
    public synchronized void revoke() {
        current = null;
    }

    /** Whether this generation may still move the robot. */
    public synchronized boolean holds(long generation) {
        return current != null && current.generation() == generation;
    }

    /** Who holds the lease now. */
    public synchronized Optional<Grant> holder() {
        return Optional.ofNullable(current);
    }

    /** One granting of the lease. */
    public record Grant(String holder, long generation) {}
}
