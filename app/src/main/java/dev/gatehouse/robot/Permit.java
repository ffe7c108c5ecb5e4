package dev.gatehouse.robot;

import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to move once, given while the latch was open. Any stop after that ends it, and nothing brings it back. */
public final class Permit {
    private final LatchWord word;
    private final long epoch;
    private final long cycle;
    private final AtomicBoolean begun = new AtomicBoolean();

    Permit(LatchWord word, long admittedAt) {
        this.word = word;
        this.epoch = LatchWord.epoch(admittedAt);
        this.cycle = LatchWord.cycle(admittedAt);
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
