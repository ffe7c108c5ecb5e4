package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a handshake, in the revision that both sides will speak. */
public record InitializeResult(ServerCapabilities capabilities, ServerInfo server, String instructions)
        implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object().put("protocolVersion", revision.wire());
        out.set("capabilities", capabilities.json(revision));
        out.set("serverInfo", server.json(revision));
        return out.put("instructions", instructions);
    }
}
