package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What a client learns before, or instead of, asking for anything else. */
public record DiscoverResult(ServerCapabilities capabilities, String instructions) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        out.set("supportedVersions", Json.tree(Revision.allNewestFirst()));
        out.set("capabilities", capabilities.json(revision));
        out.put("instructions", instructions);
        return CacheHint.LIST.into(out, revision);
    }
}
