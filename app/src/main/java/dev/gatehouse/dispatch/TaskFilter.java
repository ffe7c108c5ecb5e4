package dev.gatehouse.dispatch;

import java.util.Map;
import java.util.Optional;

/**
 * Which tasks are meant; what is empty excludes none.
 *
 * @param caller only this caller's
 * @param labels only tasks that carry all of these
 * @param before only tasks older than the one with this id, which must be one the other members allow to see
 */
public record TaskFilter(
        Optional<String> caller,
        Optional<TaskState> state,
        Optional<TaskKind> kind,
        Map<String, String> labels,
        Optional<String> before) {
    /** Every task there is. */
    public static final TaskFilter ALL =
            new TaskFilter(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    public TaskFilter {
        labels = Map.copyOf(labels);
    }
}
