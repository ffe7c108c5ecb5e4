package dev.gatehouse.agent;

import java.util.Optional;

/** The budget of one Task, held in memory. */
public final class TaskBudget implements Ledger {
    private final Money budget;
    private Money spent = Money.ZERO;
    private Money reserved = Money.ZERO;

    public TaskBudget(Money budget) {
        this.budget = budget;
    }

    @Override
    public synchronized Money free() {
        return budget.minus(spent).minus(reserved);
    }

    @Override
    public synchronized Optional<Hold> reserve(Money amount) {
        if (amount.compareTo(free()) > 0) {
            return Optional.empty();
        }
        reserved = reserved.plus(amount);
        return Optional.of(cost -> settle(amount, cost));
    }

    /** What was booked so far; holds that are open do not count. */
    public synchronized Money spent() {
        return spent;
    }

    private synchronized void settle(Money held, Money cost) {
        reserved = reserved.minus(held);
        spent = spent.plus(cost);
    }
}
