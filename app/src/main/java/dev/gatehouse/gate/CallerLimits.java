package dev.gatehouse.gate;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator allows one credential at most, and how its streams look.
 *
 * @param maxBudgetMicros micro-dollars a task
 * @param dailyMicros micro-dollars a UTC day, over all tasks (D10.3)
 * @param maxTurns model turns a task
 * @param maxTasks tasks at the same time
 * @param fullStream may read tool bodies in a stream (threats.md T27)
 * @param compat02 its streams have the lines of 0.2.0 (section 5)
 */
public record CallerLimits(
        Optional<Long> maxBudgetMicros,
        Optional<Long> dailyMicros,
        Optional<Integer> maxTurns,
        Optional<Integer> maxTasks,
        boolean fullStream,
        boolean compat02) {
    /** No caps beyond the server's, and no tool bodies. */
    public static final CallerLimits NONE =
            new CallerLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);

    /** What both allow; the form of the streams stays the one of this caller, who reads them. */
    CallerLimits within(CallerLimits other) {
        return new CallerLimits(
                lower(maxBudgetMicros, other.maxBudgetMicros),
                lower(dailyMicros, other.dailyMicros),
                lower(maxTurns, other.maxTurns),
                lower(maxTasks, other.maxTasks),
                fullStream && other.fullStream,
                compat02);
    }

    private static <N extends Comparable<N>> Optional<N> lower(Optional<N> one, Optional<N> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
