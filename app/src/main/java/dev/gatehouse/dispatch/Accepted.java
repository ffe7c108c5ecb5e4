package dev.gatehouse.dispatch;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The first event of every task: what was asked and by whom, without the goal itself (D14.5). */
final class Accepted {
    private Accepted() {}

    static ObjectNode members(LiveTask task, Executor.Preparation.Ready ready, Order order, boolean keyed) {
        var out = Json.object();
        out.put("kind", order.kind().wire());
        out.put("caller", task.principal().caller());
        out.put("tier", task.principal().tier().wire());
        out.put("effect", order.effect().wire());
        out.put("engine", ready.engine());
        out.put("model", ready.model());
        out.put("goal_sha256", goalSha256(order));
        out.put("goal_len", order.goal().codePointCount(0, order.goal().length()));
        out.set("options", Task.options(order));
        out.put("idempotency", keyed ? "new" : "none");
        out.set("ignored_fields", Json.tree(order.ignoredFields()));
        out.put("rehearsal", ready.rehearsal());
        out.set("links", Task.links(task.taskId()));
        return out;
    }

    static String goalSha256(Order order) {
        return CanonicalJson.sha256(order.goal().getBytes(StandardCharsets.UTF_8));
    }
}
