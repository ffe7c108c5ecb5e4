package dev.gatehouse.tool;

import tools.jackson.databind.node.ObjectNode;

/**
 * One request to use a tool, as somebody made it.
 *
 * @param id {@code cal-…}, unique for ever
 * @param tool the exact tool name, without any prefix of a surface
 */
public record ToolCall(String id, String tool, ObjectNode arguments) {
    public ToolCall {
        arguments = arguments.deepCopy();
    }
}
