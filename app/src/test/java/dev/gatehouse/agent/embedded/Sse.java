package dev.gatehouse.agent.embedded;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Writes model streams for tests (engines.md section 3). */
@NullMarked
final class Sse {
    private Sse() {}

    static String event(String name, String data) {
        return "event: %s\ndata: %s\n\n".formatted(name, data);
    }

    static String start(String usage) {
        return event("message_start", """
                {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],\
                "stop_reason":null,"stop_sequence":null,"usage":%s}}""".formatted(usage));
    }

    static String start() {
        return start("{\"input_tokens\":10,\"output_tokens\":1}");
    }

    static String text(int index, String text) {
        return begin(index, "{\"type\":\"text\",\"text\":\"\"}")
                + delta(index, "{\"type\":\"text_delta\",\"text\":%s}".formatted(quoted(text)))
                + stop(index);
    }

    static String tool(int index, String id, String name, String json) {
        return openTool(index, id, name, json) + stop(index);
    }

    /** A tool call whose end does not arrive. */
    static String openTool(int index, String id, String name, String json) {
        return begin(index, "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}".formatted(id, name))
                + delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}")
                + (json.isEmpty()
                        ? ""
                        : delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":%s}".formatted(quoted(json))));
    }

    static String begin(int index, String block) {
        return event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}".formatted(index, block));
    }

    static String delta(int index, String delta) {
        return event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta));
    }

    static String stop(int index) {
        return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index));
    }

    static String end(String stopReason, long input, long output) {
        return event("message_delta", """
                        {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
                        "usage":{"input_tokens":%d,"output_tokens":%d}}""".formatted(stopReason, input, output))
                + event("message_stop", "{\"type\":\"message_stop\"}");
    }

    /** A whole response of already written blocks. */
    static String message(String stopReason, String... blocks) {
        return start() + String.join("", blocks) + end(stopReason, 10, 42);
    }

    /** A response that says something and ends. */
    static String done(String text) {
        return message("end_turn", text(0, text));
    }

    /** A response that calls tools, {@code id name json} three by three. */
    static String calls(String... parts) {
        List<String> blocks = new ArrayList<>();
        for (var i = 0; i < parts.length; i += 3) {
            blocks.add(tool(i / 3, parts[i], parts[i + 1], parts[i + 2]));
        }
        return message("tool_use", blocks.toArray(String[]::new));
    }

    private static String quoted(String text) {
        return Json.line(Json.tree(text));
    }
}
