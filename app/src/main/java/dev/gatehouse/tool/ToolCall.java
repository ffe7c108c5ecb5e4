package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
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

    /**
     * Hash of the canonical arguments: what an approval is bound to and the audit names. Arguments without a canonical form
     * have {@code none}; the schemas of capabilities refuse such numbers anyway.
     */
    public String argumentsSha256() {
        try {
            return CanonicalJson.sha256(arguments);
        } catch (IllegalArgumentException e) {
            return "none";
        }
    }
}
