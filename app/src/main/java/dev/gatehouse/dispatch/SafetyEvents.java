package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.StopReport;
import tools.jackson.databind.node.ObjectNode;

/** What a task's log says about a stop. */
final class SafetyEvents {
    private SafetyEvents() {}

    static ObjectNode estop(StopReport report) {
        var out = Json.object().put("kind", "estop");
        report.latch().ifPresent(latch -> out.put("latch_id", latch.latchId()));
        out.put("by", report.by());
        report.stop().issuedMs().ifPresent(ms -> out.put("ms", ms));
        out.put("acked", report.stop().acked());
        return out;
    }
}
