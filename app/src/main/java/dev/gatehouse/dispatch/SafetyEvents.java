package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.InterlockState;
import dev.gatehouse.robot.StopTimes;
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

    private static Optional<Long> issuedMs(StopTimes times) {
        return times.issuedMs().isPresent() ? Optional.of(times.issuedMs().getAsLong()) : Optional.empty();
    }
}
