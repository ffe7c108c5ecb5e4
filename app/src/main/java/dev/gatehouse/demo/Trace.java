package dev.gatehouse.demo;

import dev.gatehouse.story.ToolAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Everything one stream has told, to be asked afterwards what really happened. */
final class Trace {
    private final List<JsonNode> events = new ArrayList<>();

    void add(JsonNode event) {
        events.add(event);
    }

    int size() {
        return events.size();
    }

    String taskId() {
        return events.isEmpty() ? "" : events.getFirst().path("task_id").asString("");
    }

    /** How the task ended; empty if the stream did not say. */
    String status() {
        return events.stream()
                .filter(event -> is(event, "result"))
                .map(event -> event.path("status").asString(""))
                .findFirst()
                .orElse("");
    }

    /** Number of the line with the first call that fits, or a number beyond the last line. */
    int firstCall(String tool, Predicate<JsonNode> arguments) {
        return first(event -> is(event, "tool_call")
                && event.path("tool").asString("").equals(tool)
                && arguments.test(event.path("arguments")));
    }

    /** Whether some call of the tool came back with an answer that fits. */
    boolean answered(String tool, Predicate<JsonNode> answer) {
        return events.stream()
                .anyMatch(event -> is(event, "tool_result")
                        && event.path("tool").asString("").equals(tool)
                        && answer.test(ToolAnswers.object(event)));
    }

    /** Whether the gate refused some call with this code. */
    boolean refused(String code) {
        return events.stream()
                .anyMatch(event -> is(event, "gate_decision")
                        && event.path("behavior").asString("").equals("deny")
                        && event.path("code").asString("").equals(code));
    }

    /** Whether some call was held for a person, and nothing of it began before the person had agreed. */
    boolean waitedForAPerson() {
        var call = events.stream()
                .filter(event -> is(event, "approval_required"))
                .map(event -> event.path("call_id").asString(""))
                .findFirst();
        var agreed = first(event -> is(event, "approval_resolved")
                && event.path("decision").asString("").equals("approved"));
        return call.isPresent()
                && agreed < events.size()
                && agreed
                        < first(event -> is(event, "progress")
                                && event.path("call_id").asString("").equals(call.get()));
    }

    private int first(Predicate<JsonNode> fits) {
        return IntStream.range(0, events.size())
                .filter(i -> fits.test(events.get(i)))
                .findFirst()
                .orElse(events.size());
    }

    static boolean is(JsonNode event, String type) {
        return event.path("type").asString("").equals(type);
    }
}
