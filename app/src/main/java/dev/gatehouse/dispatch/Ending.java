package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an executor ended its work; the dispatcher makes the terminal result of it.
 *
 * @param state a terminal state
 * @param summary what the executor has to say, at most 16 KiB
 * @param turns model responses that were used
 * @param costMicros micro-dollars spent
 * @param usage token counts, empty for executors without a model
 * @param output what the work came to, for executors whose work has a result of its own
 */
public record Ending(
        TaskState state,
        String summary,
        int turns,
        long apiMillis,
        long costMicros,
        ObjectNode usage,
        Optional<ObjectNode> output,
        Optional<Fault> fault) {
    public Ending {
        if (!state.terminal()) {
            throw new IllegalArgumentException("not an end: " + state);
        }
    }

    /** An end without any work done. */
    public static Ending of(TaskState state, String summary, Optional<Fault> fault) {
        return new Ending(state, summary, 0, 0, 0, Json.object(), Optional.empty(), fault);
    }

    /** The end of one call: done, whatever it came to; the result says that. */
    public static Ending of(ToolResult result) {
        var output = Json.object().put("is_error", result.isError()).put("text", result.text());
        result.structured().ifPresent(structured -> output.set("structured", structured));
        return new Ending(TaskState.COMPLETED, "", 0, 0, 0, Json.object(), Optional.of(output), Optional.empty());
    }

    /** The same work, but ended in another way. */
    Ending as(TaskState other, Optional<Fault> why) {
        return new Ending(other, summary, turns, apiMillis, costMicros, usage, output, why);
    }

    /** What went wrong: a code of section 21 and a sentence of our own. */
    public record Fault(String code, String message) {}
}
