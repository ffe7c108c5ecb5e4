package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Resource;
import tools.jackson.databind.node.ObjectNode;

/** The text of a resource under the URI it is listed by, whichever spelling was asked for (robot-md.md 8.2). */
public record ReadResourceResult(Resource resource, String text) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        out.putArray("contents")
                .addObject()
                .put("uri", resource.uri())
                .put("mimeType", resource.mimeType())
                .put("text", text);
        return CacheHint.CONTENT.into(out, revision);
    }
}
