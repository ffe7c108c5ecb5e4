package dev.gatehouse.dispatch;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of tasks since the start. Safe for any number of threads. */
final class EndedTasks {
    private final Map<TaskState, Long> byState = new EnumMap<>(TaskState.class);
    private long spentMicros;

    synchronized void add(Task task) {
        byState.merge(task.state(), 1L, Long::sum);
        spentMicros += task.member("result")
                .path("total_usd")
                .asDecimal(BigDecimal.ZERO)
                .movePointRight(6)
                .longValue();
    }

    synchronized Map<TaskState, Long> byState() {
        return Map.copyOf(byState);
    }

    synchronized long spentMicros() {
        return spentMicros;
    }
}
