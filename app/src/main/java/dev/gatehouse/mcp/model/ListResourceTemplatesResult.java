package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** There are no templates; clients ask all the same. */
public record ListResourceTemplatesResult() implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        out.putArray("resourceTemplates");
        return CacheHint.LIST.into(out, revision);
    }
}
