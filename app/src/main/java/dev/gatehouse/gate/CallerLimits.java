package dev.gatehouse.gate;

import java.util.Optional;

/**
 * What the operator allows one credential at most.
 *
 * @param maxBudgetMicros micro-dollars a task
 * @param dailyMicros micro-dollars a UTC day, over all tasks (D10.3)
 * @param maxTurns model turns a task
 * @param maxTasks tasks at the same time
 * @param fullStream may read tool bodies in a stream (threats.md T27)
 */
public record CallerLimits(
        Optional<Long> maxBudgetMicros,
        Optional<Long> dailyMicros,
        Optional<Integer> maxTurns,
        Optional<Integer> maxTasks,
        boolean fullStream) {
    /** No caps beyond the server's, and no tool bodies. */
    public static final CallerLimits NONE =
            new CallerLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
