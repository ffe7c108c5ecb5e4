package dev.gatehouse.robot;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one 64-bit word that says whether anything may move (D6.4). All of its changes are single compare-and-sets, so a hand-over
 * either comes before a stop in the word's own order, or it fails.
 *
 * <p>From the lowest bit: latched; something was handed over in this epoch; 22 bits that count latchings and tell which latch is
 * set; 40 bits of epoch, raised by every stop and every clear. A permit lives as long as its epoch.
 */
final class LatchWord {
    private static final long LATCHED = 1;
    private static final long HANDED_OVER = 2;
    private static final int CYCLE_SHIFT = 2;
    private static final long CYCLE_MASK = (1L << 22) - 1;
    private static final int EPOCH_SHIFT = 24;

    private final AtomicLong word = new AtomicLong();

    long read() {
        return word.get();
    }

    static boolean latched(long word) {
        return (word & LATCHED) != 0;
    }

    static long epoch(long word) {
        return word >>> EPOCH_SHIFT;
    }

    static long cycle(long word) {
        return (word >>> CYCLE_SHIFT) & CYCLE_MASK;
    }

    /** Sets the latch and ends every permit; true if it was this call that closed an open latch. */
    boolean latch() {
        while (true) {
            var now = word.get();
            var cycle = latched(now) ? cycle(now) : cycle(now) + 1;
            if (word.compareAndSet(now, compose(epoch(now) + 1, cycle, LATCHED))) {
                return !latched(now);
            }
        }
    }

    /** Ends every permit and leaves the latch as it is. */
    void endPermits() {
        while (true) {
            var now = word.get();
            if (word.compareAndSet(now, compose(epoch(now) + 1, cycle(now), now & LATCHED))) {
                return;
            }
        }
    }

    /** Hands over, if the epoch is still this one; the epoch of a latched word is nobody's, so the latch is open then. */
    boolean begin(long epoch) {
        while (true) {
            var now = word.get();
            if (epoch(now) != epoch || latched(now)) {
                return false;
            }
            if (word.compareAndSet(now, now | HANDED_OVER)) {
                return true;
            }
        }
    }

    /** Opens the latch if nothing at all happened since the word was read; in particular no further stop. */
    boolean open(long latched) {
        return word.compareAndSet(latched, compose(epoch(latched) + 1, cycle(latched), 0));
    }

    private static long compose(long epoch, long cycle, long bits) {
        return (epoch << EPOCH_SHIFT) | ((cycle & CYCLE_MASK) << CYCLE_SHIFT) | bits;
    }
}
