package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** What a call came to: a text for every client, and the same as an object for those that know structured results. */
public record CallToolResult(ToolResult result) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        out.putArray("content").addObject().put("type", "text").put("text", result.readable());
        if (revision.structured()) {
            result.structured().ifPresent(object -> out.set("structuredContent", object));
        }
        if (result.isError()) {
            out.put("isError", true);
        }
        return out;
    }
}
