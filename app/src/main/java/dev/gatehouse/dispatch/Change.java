package dev.gatehouse.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One thing that the store is to make durable. */
sealed interface Change {
    /**
     * One more event of a task.
     *
     * @param after the task as the event leaves it
     * @param key for the first event: what the task was ordered under, written in the same transaction (D13.3)
     */
    record Append(Task after, TaskEvent event, Optional<IdempotencyKey> key) implements Change {}

    /** What became known of a task after its end; its state stays (D1.4). */
    record Annotate(String taskId, ObjectNode annotation) implements Change {}

    /**
     * Tasks that are over and kept no longer, and keys that count no longer (D14.3).
     *
     * @param keysBefore keys of ended tasks go if they are older
     */
    record Forget(List<String> taskIds, Instant keysBefore) implements Change {}
}
