package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;

/** Does the work of one kind of task. */
public interface Executor {
    /** Checks, before anything is created, whether this order of this caller can be worked on. */
    Preparation prepare(Principal principal, Order order);

    /**
     * Works on a task until it is done or told to stop; runs on a thread of its own.
     *
     * @throws InterruptedException if the task was told to stop
     */
    Ending execute(LiveTask task) throws InterruptedException;

    /** Whether an order can be worked on, and by what. */
    sealed interface Preparation {
        /**
         * It can.
         *
         * @param rehearsal no intelligence is involved, and everybody is told (engines.md E6.1)
         * @param keyNeeded the caller must bring a model key
         */
        record Ready(String engine, String model, boolean rehearsal, boolean keyNeeded) implements Preparation {}

        /** It cannot. */
        record Refused(Refusal refusal) implements Preparation {}
    }
}
