package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation written down as a client would send it, for tests that read like the dialogue they are about. */
@NullMarked
final class Dialogue {
    private final List<ObjectNode> messages = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private int calls;

    static Dialogue goal(String goal) {
        var dialogue = new Dialogue();
        dialogue.messages.add(Json.object().put("role", "user").put("content", goal));
        return dialogue;
    }

    Dialogue offering(String... names) {
        for (var name : names) {
            tools.add("mcp__robot__" + name);
        }
        return this;
    }

    Dialogue said(String text) {
        messages.add(Json.object().put("role", "assistant").put("content", text));
        return this;
    }

    Dialogue user(String text) {
        messages.add(Json.object().put("role", "user").put("content", text));
        return this;
    }

    /** The model called a tool and the tool answered. */
    Dialogue called(String tool, String result) {
        return called(tool, result, false);
    }

    Dialogue called(String tool, String result, boolean isError) {
        var id = "toolu_" + ++calls;
        var call = Json.object().put("role", "assistant");
        call.putArray("content")
                .addObject()
                .put("type", "tool_use")
                .put("id", id)
                .put("name", "mcp__robot__" + tool)
                .set("input", Json.object());
        messages.add(call);
        var answer = Json.object().put("role", "user");
        var block = answer.putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", id);
        block.put("is_error", isError);
        block.putArray("content").addObject().put("type", "text").put("text", result);
        messages.add(answer);
        return this;
    }

    Dialogue refused(String tool, String reason) {
        return called(
                tool,
                "{\n  \"status\": \"blocked\",\n  \"error\": {\"reason\": \"" + reason + "\", \"message\": \"no\"}\n}");
    }

    /** Takes an answer of the endpoint into the history; its tool calls get the results, in order. */
    Dialogue then(JsonNode message, String... results) {
        messages.add(Json.object().put("role", "assistant").set("content", message.path("content")));
        var answer = Json.object().put("role", "user");
        var content = answer.putArray("content");
        var next = 0;
        for (var block : message.path("content").values()) {
            if (block.path("type").stringValue("").equals("tool_use")) {
                content.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", block.path("id").stringValue())
                        .put("content", results[next++]);
            }
        }
        messages.add(answer);
        return this;
    }

    ObjectNode count() {
        var body = Json.object().put("model", "gatehouse-rehearsal-1");
        var history = body.putArray("messages");
        messages.forEach(history::add);
        var offered = body.putArray("tools");
        for (var tool : tools) {
            offered.addObject()
                    .put("name", tool)
                    .set("input_schema", Json.object().put("type", "object"));
        }
        return body;
    }

    ObjectNode body() {
        return count().put("max_tokens", 1024);
    }

    ObjectNode streaming() {
        return body().put("stream", true);
    }

    MessagesRequest request() {
        return MessagesRequest.of(body(), Json.line(body()).getBytes(StandardCharsets.UTF_8));
    }

    Conversation conversation() {
        return request().conversation();
    }
}
