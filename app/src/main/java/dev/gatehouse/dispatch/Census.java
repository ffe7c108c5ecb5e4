package dev.gatehouse.dispatch;

import java.util.Map;

/**
 * How many tasks there are, and what became of those that were.
 *
 * @param open tasks that are not over, by state
 * @param running tasks that hold a slot
 * @param queued tasks that wait for a slot or for the robot
 * @param ended tasks that were over since the start, by state
 * @param spentMicros micro-dollars the ended ones cost
 */
public record Census(
        Map<TaskState, Long> open,
        int running,
        int slots,
        int queued,
        int maxQueue,
        Map<TaskState, Long> ended,
        long spentMicros) {
    public Census {
        open = Map.copyOf(open);
        ended = Map.copyOf(ended);
    }
}
