package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.Usage;
import java.util.List;

/** A complete response: everything up to {@code message_stop} arrived. */
record ModelMessage(List<Block> blocks, String stopReason, Usage usage) {
    List<Block.ToolUse> toolUses() {
        return blocks.stream()
                .filter(Block.ToolUse.class::isInstance)
                .map(Block.ToolUse.class::cast)
                .toList();
    }

    List<Block.Text> texts() {
        return blocks.stream()
                .filter(Block.Text.class::isInstance)
                .map(Block.Text.class::cast)
                .filter(t -> !t.text().isBlank())
                .toList();
    }
}
