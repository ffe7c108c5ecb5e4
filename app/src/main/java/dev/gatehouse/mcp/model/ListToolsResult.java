package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Tool;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tools a caller may see, in a fixed order. */
public record ListToolsResult(List<Tool> tools) implements Result {
    public ListToolsResult {
        tools = List.copyOf(tools);
    }

    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        var list = out.putArray("tools");
        tools.forEach(tool -> list.add(entry(tool, revision)));
        return CacheHint.LIST.into(out, revision);
    }

    private static ObjectNode entry(Tool tool, Revision revision) {
        var out = Json.object().put("name", tool.name());
        if (revision.structured()) {
            out.put("title", tool.title());
        }
        out.put("description", tool.description());
        out.set("inputSchema", tool.inputSchema());
        if (revision.structured()) {
            tool.outputSchema().ifPresent(schema -> out.set("outputSchema", schema));
        }
        if (revision.annotations()) {
            out.set("annotations", tool.hints().json().put("title", tool.title()));
        }
        return out;
    }
}
