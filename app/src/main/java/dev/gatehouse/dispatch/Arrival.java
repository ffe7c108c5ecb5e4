package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an order came here. It is recorded and gives no right whatsoever (D2.1, threats.md T25.2).
 *
 * @param throughProxy by a proxy that the operator configured
 * @param proxyUser who that proxy says its user is
 */
public record Arrival(Optional<TraceContext> trace, boolean throughProxy, Optional<String> proxyUser) {
    /** Straight, and not as a part of anything. */
    public static final Arrival DIRECT = new Arrival(Optional.empty(), false, Optional.empty());

    /** As the audit has it. */
    ObjectNode json() {
        var out = trace.map(TraceContext::json).orElseGet(Json::object).put("through_proxy", throughProxy);
        proxyUser.ifPresent(user -> out.put("proxy_user", user));
        return out;
    }
}
