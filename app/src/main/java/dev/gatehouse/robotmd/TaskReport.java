package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Steps.Prospect;
import dev.gatehouse.tool.ToolResult;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The result of {@code execute_task} as it grows; it has the same members however early it ends (robot-md.md 10.9). */
final class TaskReport {
    private final ObjectNode body = Json.object().put("status", "ok");
    private final ArrayNode plan;
    private final ArrayNode executions;
    private final ArrayNode events;

    TaskReport() {
        body.putNull("error");
        plan = body.putArray("plan");
        executions = body.putArray("executions");
        events = body.putArray("events");
        body.putNull("plan_id");
    }

    /** Shows the steps, of which nothing is known yet. */
    void proposed(Plan proposed) {
        proposed.steps().forEach(step -> plan.add(step.json()));
    }

    /** A script claims no intelligence (engines.md E6.1). */
    void rehearsed() {
        body.putArray("warnings").add("rehearsal: a script played the planner, no model was asked");
    }

    /** The plan can be carried out under this id. */
    void kept(String id) {
        body.put("plan_id", id);
    }

    /** Adds what the door says of a step. */
    void gate(int number, Prospect.Possible prospect) {
        var step = step(number);
        step.put("class", prospect.operationClass().name().toLowerCase(Locale.ROOT));
        step.set("scopes", Json.tree(prospect.scopes()));
        step.put("needs_token", prospect.asked());
    }

    /** Adds the question that has to be answered before a step. */
    void asked(int number, String approvalId) {
        step(number).put("approval_id", approvalId);
    }

    private ObjectNode step(int number) {
        return (ObjectNode) plan.get(number);
    }

    /** Adds what a step came to; the end of the whole, if that is not ok. */
    Optional<ToolResult> executed(int number, ToolResult result) {
        var shown = Json.object().put("step", number);
        shown.setAll(result.structured().orElseGet(Json::object));
        executions.add(shown);
        shown.path("events").forEach(events::add);
        if (result.outcome() == ToolResult.Outcome.OK
                && shown.path("status").asString("").equals("ok")) {
            return Optional.empty();
        }
        body.put("status", shown.path("status").asString("error"));
        body.set("error", error(shown).put("step", number));
        return Optional.of(ended(result.outcome(), result.isError()));
    }

    private static ObjectNode error(ObjectNode shown) {
        return shown.get("error") instanceof ObjectNode error
                ? error.deepCopy()
                : Json.object().put("reason", "failed").put("message", "the step did not succeed");
    }

    /** The end, before or between steps. */
    ToolResult refused(ToolResult.Outcome outcome, String reason, String message, ObjectNode detail) {
        body.put("status", outcome == ToolResult.Outcome.BLOCKED ? "blocked" : "error");
        body.putObject("error").put("reason", reason).put("message", message).setAll(detail);
        return ended(outcome, false);
    }

    ToolResult blocked(String reason, String message) {
        return refused(ToolResult.Outcome.BLOCKED, reason, message, Json.object());
    }

    ToolResult error(String reason, String message) {
        return refused(ToolResult.Outcome.ERROR, reason, message, Json.object());
    }

    ToolResult ok() {
        return ended(ToolResult.Outcome.OK, false);
    }

    private ToolResult ended(ToolResult.Outcome outcome, boolean isError) {
        return new ToolResult(outcome, isError, Json.pretty(body), Optional.of(body));
    }
}
