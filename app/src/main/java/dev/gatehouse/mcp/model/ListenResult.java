package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.wire.RequestId;
import tools.jackson.databind.node.ObjectNode;

/** The end of a subscription, said by the server because it shuts down. */
public record ListenResult(RequestId subscription) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        Notifications.subscribed(out, subscription);
        return out;
    }
}
