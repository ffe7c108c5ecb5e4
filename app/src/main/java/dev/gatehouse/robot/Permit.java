package dev.gatehouse.robot;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to move once, given while the latch was open. Any stop after that ends it, and nothing brings it back. */
public final class Permit {
    private final LatchWord word;
    private final long epoch;
    private final long cycle;
    private final AtomicBoolean begun = new AtomicBoolean();

    Permit(LatchWord word, long admittedAt) {
        this(word, LatchWord.epoch(admittedAt), LatchWord.cycle(admittedAt));
    }

    private Permit(LatchWord word, long epoch, long cycle) {
        this.word = word;
        this.epoch = epoch;
        this.cycle = cycle;
    }

    /** Leave for a further motion of the same call; whatever stop ended this permit has ended that one as well. */
    public Permit next() {
        return new Permit(word, epoch, cycle);
    }

    /**
     * The moment of hand-over to the driver (D6.4): true at most once, and only if no stop came since the permit was given.
     * Call it immediately before {@link Driver#execute}.
     */
    public boolean begin() {
        return begun.compareAndSet(false, true) && word.begin(epoch);
    }

    /** Whether motion under this permit may go on; a driver asks in every control tick. One volatile read. */
    public boolean live() {
        return LatchWord.epoch(word.read()) == epoch;
    }

    /** Whether it was an estop that ended this permit, rather than a protective stop. */
    public boolean endedByLatch() {
        var now = word.read();
        return LatchWord.epoch(now) != epoch && LatchWord.cycle(now) != cycle;
    }
}
