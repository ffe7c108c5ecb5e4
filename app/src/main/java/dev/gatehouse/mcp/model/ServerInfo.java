package dev.gatehouse.mcp.model;

import dev.gatehouse.id.Build;
import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Which program this is. */
public record ServerInfo(String name, String title, String version) {
    /** This product, never the one whose protocol it speaks (robot-md.md 8.1). */
    public static ServerInfo gatehouse() {
        return new ServerInfo("gatehouse", "Gatehouse", Build.version());
    }

    /** The object {@code Implementation} of the protocol. */
    public ObjectNode json(Revision revision) {
        var out = Json.object().put("name", name);
        if (revision.structured()) {
            out.put("title", title);
        }
        return out.put("version", version);
    }
}
