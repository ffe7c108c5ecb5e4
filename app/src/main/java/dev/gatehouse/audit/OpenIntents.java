package dev.gatehouse.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tool calls whose intent is recorded and whose outcome is not (D1.6).
 *
 * @param byTask call ids by task id
 * @param withoutTask call ids of direct calls
 */
public record OpenIntents(Map<String, Set<String>> byTask, Set<String> withoutTask) {
    public OpenIntents {
        byTask = Map.copyOf(byTask);
        withoutTask = Set.copyOf(withoutTask);
    }

    /** The open calls of one task, empty if every effect of it is known. */
    public Set<String> calls(String task) {
        return byTask.getOrDefault(task, Set.of());
    }

    /** Folds records, in order, into the calls that stay open. */
    static final class Collector {
        private final Map<String, Intent> open = new LinkedHashMap<>();
        private final Map<Long, String> bySeq = new HashMap<>();

        private record Intent(JsonNode task, long seq) {}

        /** Cheap test on the text of a line whether {@link #see} could care for it. */
        static boolean concerns(String line) {
            return line.contains("\"event\":\"tool_") || line.contains("\"event\":\"audit_degraded\"");
        }

        void see(JsonNode record) {
            var call = record.path("call").asString("");
            switch (record.path("event").asString("")) {
                case "tool_intent" -> {
                    var seq = record.path("seq").longValue();
                    open.put(call, new Intent(record.path("task"), seq));
                    bySeq.put(seq, call);
                }
                case "tool_outcome" -> close(call);
                // An intent that became durable after its writer was told it had failed: the tool was never called.
                case "audit_degraded" ->
                    record.path("degraded").path("late").forEach(late -> close(bySeq.get(late.asLong(0))));
                default -> {}
            }
        }

        private void close(@Nullable String call) {
            var closed = call == null ? null : open.remove(call);
            if (closed != null) {
                bySeq.remove(closed.seq);
            }
        }

        OpenIntents result() {
            var byTask = new TreeMap<String, Set<String>>();
            var withoutTask = new LinkedHashSet<String>();
            open.forEach((call, intent) -> {
                var calls = intent.task.isString()
                        ? byTask.computeIfAbsent(intent.task.stringValue(), t -> new LinkedHashSet<>())
                        : withoutTask;
                calls.add(call);
            });
            return new OpenIntents(byTask, withoutTask);
        }
    }
}
