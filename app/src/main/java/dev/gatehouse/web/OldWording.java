package dev.gatehouse.web;

import dev.gatehouse.dispatch.Line;
import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of 0.2.0: the message classes of its SDK by name, with the members of that SDK, {@code data} being an object where it
 * was a text before (dispatcher.md section 5). One for each stream, because messages repeat what earlier events said.
 */
final class OldWording implements Wording {
    private static final String PREFIX = "mcp__robot__";

    /** Endings that 0.2.0 had no message for but its last line of error. */
    private static final List<String> BROKEN = List.of("failed", "tool_drift", "unknown");

    private String model = "";

    @Override
    public Optional<Line> say(Line line) {
        var event = line.json();
        return switch (line.type()) {
            case "session" -> {
                model = event.path("model").asString("");
                yield said(line, "SystemMessage", system("init", session(event)));
            }
            case "text" -> said(line, "AssistantMessage", assistant(text(event)));
            case "tool_call" -> said(line, "AssistantMessage", assistant(toolUse(event)));
            case "tool_result" -> said(line, "UserMessage", content(toolResult(event)));
            case "gate_decision" -> Optional.of(Line.of(line.seq(), "gate_decision", decision(event)));
            case "result" -> Optional.of(result(line, event));
            // Its name stays, because some streams say it in another way.
            case "heartbeat" ->
                Optional.of(
                        Line.of(line.seq(), "heartbeat", message("SystemMessage", system("heartbeat", Json.object()))));
            default -> Optional.empty();
        };
    }

    private static Optional<Line> said(Line line, String type, ObjectNode data) {
        return Optional.of(Line.of(line.seq(), type, message(type, data)));
    }

    private static ObjectNode message(String type, ObjectNode data) {
        var out = Json.object().put("type", type);
        out.set("data", data);
        return out;
    }

    private static ObjectNode system(String subtype, JsonNode data) {
        var out = Json.object().put("subtype", subtype);
        out.set("data", data);
        return out;
    }

    private static ObjectNode session(ObjectNode event) {
        var out = Json.object();
        event.properties().forEach(member -> {
            if (!List.of("v", "seq", "ts", "task_id", "type").contains(member.getKey())) {
                out.set(member.getKey(), member.getValue());
            }
        });
        out.put("session_id", event.path("task_id").asString(""));
        return out;
    }

    private ObjectNode assistant(ObjectNode block) {
        return content(block).put("model", model);
    }

    private static ObjectNode content(ObjectNode block) {
        var out = Json.object();
        out.putArray("content").add(block);
        return out;
    }

    private static ObjectNode text(ObjectNode event) {
        return Json.object().put("type", "text").put("text", event.path("text").asString(""));
    }

    private static ObjectNode toolUse(ObjectNode event) {
        var out = Json.object()
                .put("type", "tool_use")
                .put("id", event.path("call_id").asString(""))
                .put("name", PREFIX + event.path("tool").asString(""));
        out.set("input", event.path("arguments"));
        return out;
    }

    private static ObjectNode toolResult(ObjectNode event) {
        var out = Json.object()
                .put("type", "tool_result")
                .put("tool_use_id", event.path("call_id").asString(""));
        out.set("content", event.path("content"));
        return out.put("is_error", event.path("is_error").booleanValue(false));
    }

    private static ObjectNode decision(ObjectNode event) {
        var out = Json.object().put("type", "gate_decision");
        for (var name : List.of("tool", "caller", "tier", "behavior", "message")) {
            out.set(name, event.path(name));
        }
        return out;
    }

    private static Line result(Line line, ObjectNode event) {
        var status = event.path("status").asString("");
        if (BROKEN.contains(status)) {
            var message = event.path("error").path("message").asString("the task ended " + status);
            return Line.of(
                    line.seq(), "error", Json.object().put("type", "error").put("message", message));
        }
        return Line.of(line.seq(), "ResultMessage", message("ResultMessage", finished(event, status)));
    }

    private static ObjectNode finished(ObjectNode event, String status) {
        var out = Json.object().put("subtype", subtype(status));
        for (var name : List.of("is_error", "num_turns", "duration_ms", "duration_api_ms")) {
            out.set(name, event.path(name));
        }
        out.put("session_id", event.path("task_id").asString(""));
        out.set("total_cost_usd", event.path("total_usd"));
        out.set("usage", event.path("usage"));
        out.set("result", event.path("summary"));
        out.set("permission_denials", event.path("permission_denials"));
        var errors = out.putArray("errors");
        var error = event.path("error").path("message").asString("");
        if (!error.isEmpty()) {
            errors.add(error);
        }
        return out;
    }

    private static String subtype(String status) {
        return switch (status) {
            case "completed" -> "success";
            case "max_turns" -> "error_max_turns";
            case "budget_exceeded" -> "error_max_budget_usd";
            default -> "error_during_execution";
        };
    }
}
