package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.RequestId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server says without being asked each time. */
public final class Notifications {
    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private Notifications() {}

    /** A motion has come further. */
    public static ObjectNode progress(JsonNode token, int done, int total, String message) {
        var params = Json.object();
        params.set("progressToken", token);
        params.put("progress", done).put("total", total).put("message", message);
        return Frames.notification("notifications/progress", params);
    }

    /** A resource changed; with the subscription that wanted to know, where there are subscriptions. */
    public static ObjectNode updated(String uri, Optional<RequestId> subscription) {
        var params = Json.object();
        subscription.ifPresent(id -> subscribed(params, id));
        return Frames.notification("notifications/resources/updated", params.put("uri", uri));
    }

    /** A subscription holds from now on, for these resources. */
    public static ObjectNode acknowledged(RequestId subscription, List<String> uris) {
        var params = Json.object();
        subscribed(params, subscription);
        var filter = params.putObject("notifications");
        if (!uris.isEmpty()) {
            filter.set("resourceSubscriptions", Json.tree(uris));
        }
        return Frames.notification("notifications/subscriptions/acknowledged", params);
    }

    static void subscribed(ObjectNode message, RequestId subscription) {
        message.putObject("_meta").set(SUBSCRIPTION, subscription.value());
    }
}
