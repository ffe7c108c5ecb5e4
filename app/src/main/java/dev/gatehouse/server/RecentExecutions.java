package dev.gatehouse.server;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last hundred executions, refused ones among them, as the audit has them: what a reader is told is what was recorded, and it
 * is there again after a restart (robot-md.md 10.13).
 */
final class RecentExecutions implements Supplier<List<ObjectNode>> {
    private static final int KEPT = 100;
    private static final int PAGE = 500;

    /** How far back from its end the log is read when the server starts. */
    private static final long LOOK_BACK = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecentExecutions.class);
    private static final Set<String> TOOLS = Set.of("execute_capability", "discover");

    private final AuditLog audit;
    private final Deque<ObjectNode> recent = new ArrayDeque<>();
    private long read;

    RecentExecutions(AuditLog audit) {
        this.audit = audit;
        this.read = Math.max(0, audit.lastSeq() - LOOK_BACK);
    }

    /** Oldest first. */
    @Override
    public synchronized List<ObjectNode> get() {
        try {
            for (var page = audit.read(read, PAGE); !page.isEmpty(); page = audit.read(read, PAGE)) {
                page.forEach(this::take);
            }
        } catch (IOException e) {
            LOG.warn("the audit cannot be read; recent executions may be missing");
        }
        return List.copyOf(recent);
    }

    private void take(JsonNode entry) {
        read = entry.path("seq").longValue();
        var event = entry.path("event").asString("");
        if (TOOLS.contains(entry.path("tool").asString(""))
                && (event.equals("tool_outcome") || event.equals("gate_deny"))) {
            if (recent.size() == KEPT) {
                recent.remove();
            }
            recent.add(told(entry, event.equals("gate_deny")));
        }
    }

    private static ObjectNode told(JsonNode entry, boolean refused) {
        var arguments = entry.path("arguments");
        var out = Json.object();
        out.set("ts", entry.path("ts"));
        out.set("tool", entry.path("tool"));
        out.put("capability", arguments.path("capability").asString(null));
        out.set("args", arguments.path("args").isObject() ? arguments.path("args") : Json.object());
        out.set("status", refused ? Json.tree("refused") : entry.path("outcome"));
        out.set("reason", refused ? entry.path("decision").path("code") : Json.tree(null));
        out.set("request_id", entry.path("request_id"));
        out.put("caller", entry.path("actor").path("caller").asString(null));
        return out;
    }
}
