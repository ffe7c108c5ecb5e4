package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What this server can do; nothing is promised that is never sent (robot-md.md 8.1).
 *
 * @param subscribe whether it tells when a resource changed
 * @param tasks whether long calls can become tasks
 */
public record ServerCapabilities(boolean subscribe, boolean tasks) {
    ObjectNode json(Revision revision) {
        var out = Json.object();
        out.putObject("tools");
        var resources = out.putObject("resources");
        if (subscribe) {
            resources.put("subscribe", true);
        }
        out.putObject("prompts");
        if (tasks && revision.stateless()) {
            out.putObject("extensions").putObject(RequestMeta.TASKS);
        }
        return out;
    }
}
