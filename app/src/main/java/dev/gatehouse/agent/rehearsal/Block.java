package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A content block of an answer. */
sealed interface Block {
    /** The block as it stands in a whole message. */
    ObjectNode whole();

    /** The block as it stands in {@code content_block_start}. */
    ObjectNode empty();

    /** What the block's deltas carry, in one piece. */
    String payload();

    /** Size in UTF-8 bytes of what the model would have written. */
    default long bytes() {
        return payload().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Reasoning; the signature is constant, because nothing here is anybody's reasoning. */
    record Thinking(String thinking) implements Block {
        static final String SIGNATURE = "cmVoZWFyc2FsLW5vLW1vZGVsLXRob3VnaHQtdGhpcw==";

        @Override
        public ObjectNode whole() {
            return Json.object()
                    .put("type", "thinking")
                    .put("thinking", thinking)
                    .put("signature", SIGNATURE);
        }

        @Override
        public ObjectNode empty() {
            return Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
        }

        @Override
        public String payload() {
            return thinking;
        }
    }

    /** Text. */
    record Text(String text) implements Block {
        @Override
        public ObjectNode whole() {
            return Json.object().put("type", "text").put("text", text);
        }

        @Override
        public ObjectNode empty() {
            return Json.object().put("type", "text").put("text", "");
        }

        @Override
        public String payload() {
            return text;
        }
    }

    /** A tool call under the name the tool is offered under. */
    record ToolUse(String id, String name, JsonNode input) implements Block {
        @Override
        public ObjectNode whole() {
            return start().set("input", input);
        }

        @Override
        public ObjectNode empty() {
            return start().set("input", Json.object());
        }

        @Override
        public String payload() {
            return Json.line(input);
        }

        private ObjectNode start() {
            return Json.object().put("type", "tool_use").put("id", id).put("name", name);
        }
    }
}
