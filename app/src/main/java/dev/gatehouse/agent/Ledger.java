package dev.gatehouse.agent;

import java.util.Optional;

/**
 * Money that calls are paid from: the budget of a Task, alone or together with the daily allowance of its caller (E4.3).
 *
 * <p>A ledger over several accounts reserves in all of them in one step or in none; a persistent one counts holds that survive a
 * restart as spent (E4.4).
 */
public interface Ledger {
    /** The largest sum that could be reserved now: the least over all accounts. */
    Money free();

    /** Sets a sum aside, or nothing at all if it does not fit. */
    Optional<Hold> reserve(Money amount);

    /** A sum set aside for one call. */
    interface Hold {
        /** Books what the call cost and frees the rest. Called once. A cost above the hold is booked as it is. */
        void settle(Money cost);
    }
}
