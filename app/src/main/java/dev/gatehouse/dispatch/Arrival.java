package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an order came here. It is recorded and gives no right whatsoever (D2.1, threats.md T25.2).
 *
 * @param throughProxy by a proxy that the operator configured
 * @param relayed somebody in between says that they passed it on, so its connection tells nothing about the caller's own
 * @param proxyUser who that proxy says its user is
 */
public record Arrival(Optional<TraceContext> trace, boolean throughProxy, boolean relayed, Optional<String> proxyUser) {
    /** Straight, and not as a part of anything. */
    public static final Arrival DIRECT = new Arrival(Optional.empty(), false, false, Optional.empty());

    /** As the audit has it. */
    ObjectNode json() {
        var out = trace.map(TraceContext::json).orElseGet(Json::object).put("through_proxy", throughProxy);
        proxyUser.ifPresent(user -> out.put("proxy_user", user));
        return out;
    }
}
