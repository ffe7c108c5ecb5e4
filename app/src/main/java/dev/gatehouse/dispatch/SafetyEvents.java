package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.InterlockState;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.robot.StopTimes;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a task's log says about a stop. */
final class SafetyEvents {
    private SafetyEvents() {}

    static ObjectNode estop(InterlockState state) {
        var out = Json.object().put("kind", "estop");
        state.latch().ifPresent(latch -> out.put("latch_id", latch.latchId()).put("by", latch.by()));
        state.stop().flatMap(SafetyEvents::issuedMs).ifPresent(ms -> out.put("ms", ms));
        return out.put("acked", !state.unacked());
    }

    /** A stop without a latch: that it was issued, and whether the robot confirmed it (D11.3). */
    static List<ObjectNode> protective(StopReport report) {
        var issued = Json.object().put("kind", "stop_issued").put("by", report.reason());
        issuedMs(report.stop()).ifPresent(ms -> issued.put("ms", ms));
        var ended = Json.object().put("kind", report.stop().acked() ? "stop_ack" : "stop_unacked");
        report.stop().ackMs().ifPresent(ms -> ended.put("ms", ms));
        return List.of(issued, ended);
    }

    private static Optional<Long> issuedMs(StopTimes times) {
        return times.issuedMs().isPresent() ? Optional.of(times.issuedMs().getAsLong()) : Optional.empty();
    }
}
