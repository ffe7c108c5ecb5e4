package dev.gatehouse.agent.embedded;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A piece of a response that matters here; blocks of other kinds are dropped (E2.6). */
sealed interface Block {
    record Text(String text) implements Block {}

    /** Never shown, sent back unchanged (E2.8). */
    record Thinking(String thinking, String signature) implements Block {}

    /** Thinking that only the provider can read; sent back unchanged. */
    record RedactedThinking(String data) implements Block {}

    /**
     * A tool call.
     *
     * @param arguments empty if the model did not write one JSON object: such a call is answered and never made
     */
    record ToolUse(String id, String name, Optional<ObjectNode> arguments) implements Block {}
}
