package dev.gatehouse.web;

import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Refusals as RFC 9457 problem documents, with the {@code detail} string that 0.2.0 clients read. */
final class Problems {
    private Problems() {}

    static ObjectNode document(Refusal refusal, String requestId) {
        var code = refusal.code();
        var out = Json.object();
        out.put("type", "urn:gatehouse:problem:" + code.wire());
        out.put("title", code.title());
        out.put("status", code.status());
        out.put("detail", refusal.detail());
        out.put("code", code.wire());
        out.put("request_id", requestId);
        refusal.retryAfterS().ifPresent(seconds -> out.put("retry_after_s", seconds));
        if (!refusal.errors().isEmpty()) {
            var errors = out.putArray("errors");
            for (var error : refusal.errors()) {
                var item = errors.addObject();
                item.putArray("loc").add("body").add(error.field());
                item.put("msg", error.message()).put("type", error.type());
            }
        }
        return out;
    }
}
