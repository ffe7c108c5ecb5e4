package dev.gatehouse.gate;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one right to move the robot at a time (D9.1).
 *
 * <p>Its generation only grows; a holder that was away and comes back with an old one is refused. Every grant is noted in
 * the audit before the intent that uses it, so a process that starts counting at the last audit number never repeats one.
 *
 * <p>While it is held it is renewed every second. A process that was frozen, or whose clock jumped, comes too late for that: the
 * lease has lapsed then, moves nothing any more, and is free again only after whoever must stop the robot was told (D9.3).
 */
public final class ActuateLease {
    static final Duration RENEWED_EVERY = Duration.ofSeconds(1);
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

    private final Ticker ticker;
    private @Nullable Grant current;
    private @Nullable Thread keeper;
    private long renewedAt;
    private long lastGeneration;
    private volatile Runnable freed = () -> {};
    private volatile Consumer<Grant> lost = grant -> {};

    /**
     * A free lease.
     *
     * @param lastGeneration no generation up to this one is given again
     */
    public ActuateLease(long lastGeneration, Ticker ticker) {
        this.lastGeneration = lastGeneration;
        this.ticker = ticker;
    }

    /** Takes the lease if it is free. One that has lapsed is not free before its loss was told. */
    public synchronized Optional<Grant> take(String holder) {
        if (current != null) {
            return Optional.empty();
        }
        var grant = new Grant(holder, ++lastGeneration);
        current = grant;
        renewedAt = ticker.nanoTime();
        keeper = Thread.ofVirtual().name("lease-" + grant.generation()).start(() -> keep(grant));
        return Optional.of(grant);
    }

    /** Gives the lease back and tells who waits for it; harmless if it was lost before. */
    public void release(Grant grant) {
        giveBack(grant);
    }

    private void giveBack(Grant grant) {
        synchronized (this) {
            if (!grant.equals(current)) {
                return;
            }
            end();
        }
        freed.run();
    }

    /** Calls somebody, on the thread of the holder, each time the lease was given back. */
    public void onFree(Runnable run) {
        freed = run;
    }

    /** Calls somebody who stops the robot and ends what the holder does, before anybody else can have the lease. */
    public void onLost(Consumer<Grant> run) {
        lost = run;
    }

    /** Takes the lease from whoever holds it, so that later calls with its generation are refused. */
    public synchronized void revoke() {
        end();
    }

    /** Whether this generation may still move the robot. */
    public synchronized boolean holds(long generation) {
        return current != null && current.generation() == generation && !lapsed();
    }

    /** Whether this task may still move the robot. */
    boolean heldBy(TaskScope task) {
        return task.leaseGeneration().filter(this::holds).isPresent();
    }

    /** Who holds the lease now. */
    public synchronized Optional<Grant> holder() {
        return Optional.ofNullable(current);
    }

    private void keep(Grant grant) {
        try {
            do {
                ticker.sleep(RENEWED_EVERY);
            } while (renew(grant));
        } catch (InterruptedException e) {
            // It was given back, or taken away.
            return;
        }
        lost.accept(grant);
        giveBack(grant);
    }

    /** False if it is too late. */
    private synchronized boolean renew(Grant grant) {
        if (!grant.equals(current)) {
            // The interrupt that says so is on its way.
            return true;
        }
        if (lapsed()) {
            keeper = null;
            return false;
        }
        renewedAt = ticker.nanoTime();
        return true;
    }

    private boolean lapsed() {
        return ticker.nanoTime() - renewedAt >= TIME_TO_LIVE.toNanos();
    }

    private void end() {
        current = null;
        if (keeper != null) {
            keeper.interrupt();
            keeper = null;
        }
    }

    /** One granting of the lease. */
    public record Grant(String holder, long generation) {}
}
