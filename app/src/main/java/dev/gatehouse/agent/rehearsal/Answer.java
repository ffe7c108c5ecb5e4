package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A complete message of the assistant, before anyone decides how it travels. */
record Answer(String id, List<Block> content, StopReason stopReason, Optional<String> stopSequence, Usage usage) {
    Answer {
        content = List.copyOf(content);
    }

    /** The body of a non-streaming answer. */
    ObjectNode whole() {
        var message = start();
        var blocks = message.putArray("content");
        content.forEach(block -> blocks.add(block.whole()));
        message.setAll(stop());
        return message.set("usage", usage.full());
    }

    /** The message of {@code message_start}: no content, no stop reason. */
    ObjectNode begun() {
        var message = start();
        message.putArray("content");
        message.set("stop_reason", NullNode.getInstance());
        message.set("stop_sequence", NullNode.getInstance());
        return message.set("usage", usage.begun());
    }

    /** Stop reason and stop sequence. */
    ObjectNode stop() {
        return Json.object().put("stop_reason", stopReason.wire()).put("stop_sequence", stopSequence.orElse(null));
    }

    private ObjectNode start() {
        return Json.object()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", RehearsalServer.MODEL);
    }
}
