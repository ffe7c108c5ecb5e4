package dev.gatehouse.tool;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing a caller can ask for.
 *
 * @param name exact name, {@code [a-z0-9_]{1,48}}
 * @param least the weakest effect any arguments can have; who may not even have that is not shown the tool
 * @param worst the strongest effect any arguments can have; lists show it, because they do not know the arguments
 * @param inputSchema JSON Schema 2020-12 of the arguments
 */
public record Tool(
        String name,
        String title,
        String description,
        Effect least,
        Effect worst,
        ObjectNode inputSchema,
        OperationRule operation,
        ToolFunction function) {

    /** What a client is shown, and what is pinned (D6.7). */
    public ObjectNode surface() {
        var out = Json.object().put("name", name).put("title", title).put("description", description);
        out.put("effect", worst.wire());
        out.set("inputSchema", inputSchema);
        return out;
    }
}
