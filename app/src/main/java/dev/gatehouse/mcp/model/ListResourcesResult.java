package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Resource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Everything that can be read, in a fixed order. */
public record ListResourcesResult(List<Resource> resources) implements Result {
    public ListResourcesResult {
        resources = List.copyOf(resources);
    }

    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        var list = out.putArray("resources");
        for (var resource : resources) {
            var entry = list.addObject().put("uri", resource.uri()).put("name", resource.name());
            if (revision.structured()) {
                entry.put("title", resource.title());
            }
            entry.put("description", resource.description()).put("mimeType", resource.mimeType());
        }
        return CacheHint.LIST.into(out, revision);
    }
}
