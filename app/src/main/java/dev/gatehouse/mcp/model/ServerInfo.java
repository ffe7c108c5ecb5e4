package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Which program this is. */
public record ServerInfo(String name, String title, String version) {
    /** The object {@code Implementation} of the protocol. */
    public ObjectNode json(Revision revision) {
        var out = Json.object().put("name", name);
        if (revision.structured()) {
            out.put("title", title);
        }
        return out.put("version", version);
    }
}
