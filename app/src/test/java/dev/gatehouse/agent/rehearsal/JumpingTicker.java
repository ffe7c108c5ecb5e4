package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;

/** Time that jumps instead of passing, and remembers each jump. */
@NullMarked
final class JumpingTicker implements Ticker {
    private final AtomicLong now = new AtomicLong();
    private final List<Long> jumps = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void sleepUntil(long nanoTime) {
        jumps.add(Duration.ofNanos(nanoTime - now.getAndSet(nanoTime)).toMillis());
    }

    /** The pauses so far, in milliseconds. */
    List<Long> jumps() {
        return jumps;
    }
}
