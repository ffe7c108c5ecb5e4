package dev.gatehouse.agent;

import java.util.Optional;

/**
 * The meter of one Task: no model call without a reservation of its worst case, so that no response can overshoot (E4.2 to E4.6).
 *
 * <p>Calls of one Task do not overlap (E4.5); other threads may read the totals.
 */
public final class Spend {
    /** A call that could give fewer output tokens than this is not worth making (E4.3). */
    public static final int LEAST_OUTPUT = 256;

    /** How often a reservation is tried again because another Task on the same ledger was quicker. */
    private static final int RACES = 16;

    private final ModelPrice price;
    private final Ledger ledger;
    private Money total = Money.ZERO;
    private Usage usage = Usage.NONE;

    public Spend(ModelPrice price, Ledger ledger) {
        this.price = price;
        this.ledger = ledger;
    }

    /** What was booked so far, including calls whose usage never became known. */
    public synchronized Money total() {
        return total;
    }

    /** What is free for the next call, over all accounts. */
    public Money remaining() {
        return ledger.free();
    }

    /** The tokens of all responses whose usage is known. */
    public synchronized Usage usage() {
        return usage;
    }

    /** Whether such a call would be reserved as it is, without being made smaller. */
    public boolean fits(long inputBound, int maxTokens, CacheWrite write) {
        return price.worst(inputBound, capped(maxTokens), write).compareTo(ledger.free()) <= 0;
    }

    /**
     * Sets aside the worst case of a call, with as many output tokens as fit.
     *
     * @param inputBound upper bound of prompt tokens
     * @param maxTokens output tokens wanted
     * @return empty if not even {@value #LEAST_OUTPUT} output tokens fit: the call must not be made
     */
    public Optional<Reservation> reserve(long inputBound, int maxTokens, CacheWrite write) {
        var wanted = capped(maxTokens);
        for (var attempt = 0; attempt < RACES; attempt++) {
            var tokens = affordable(inputBound, wanted, write);
            if (tokens < Math.min(LEAST_OUTPUT, wanted)) {
                return Optional.empty();
            }
            var worst = price.worst(inputBound, tokens, write);
            var hold = ledger.reserve(worst);
            if (hold.isPresent()) {
                return Optional.of(new Reservation(tokens, worst, hold.get()));
            }
        }
        return Optional.empty();
    }

    private int capped(int maxTokens) {
        return Math.min(maxTokens, price.maxOutput().orElse(maxTokens));
    }

    /** The most output tokens whose worst case is free now, or -1 if the prompt alone is too dear. */
    private int affordable(long inputBound, int wanted, CacheWrite write) {
        var free = ledger.free();
        var low = -1;
        var high = wanted;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (price.worst(inputBound, middle, write).compareTo(free) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private synchronized void book(Money cost, Usage used) {
        total = total.plus(cost);
        usage = usage.plus(used);
    }

    /** Money set aside for one call. Exactly one of its three ends is used, once. */
    public final class Reservation {
        private final int maxTokens;
        private final Money worst;
        private final Ledger.Hold hold;
        private boolean over;

        private Reservation(int maxTokens, Money worst, Ledger.Hold hold) {
            this.maxTokens = maxTokens;
            this.worst = worst;
            this.hold = hold;
        }

        /** The output tokens the call may ask for; fewer than wanted if the money is short. */
        public int maxTokens() {
            return maxTokens;
        }

        /** The sum set aside. */
        public Money worst() {
            return worst;
        }

        /** Ends it with the usage of a complete response. */
        public Money settle(Usage used) {
            return end(price.cost(used), used);
        }

        /** Ends it after a call that may have been billed without telling: all of it counts as spent (E4.4). */
        public Money settleUnknown() {
            return end(worst, Usage.NONE);
        }

        /** Ends it after a call that was certainly not billed. */
        public Money release() {
            return end(Money.ZERO, Usage.NONE);
        }

        private Money end(Money cost, Usage used) {
            synchronized (Spend.this) {
                if (over) {
                    throw new IllegalStateException("a reservation ends once");
                }
                over = true;
                book(cost, used);
            }
            hold.settle(cost);
            return cost;
        }
    }
}
