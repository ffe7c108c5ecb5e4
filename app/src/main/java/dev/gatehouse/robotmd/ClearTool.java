package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.time.Rfc3339;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import java.util.Optional;

/** The tool {@code estop_clear}: opens the latch for a call that a person with that right agreed to (robot-md.md 10.8). */
final class ClearTool {
    private final Interlock interlock;
    private final Clearing clearing;

    ClearTool(Interlock interlock, Clearing clearing) {
        this.interlock = interlock;
        this.clearing = clearing;
    }

    Tool tool() {
        return new Tool(
                "estop_clear",
                "Clear the stop",
                "Opens the latch of the stop. Only a person with the right to clear can agree to it, for the latch that is set"
                        + " now; nothing starts or resumes by it.",
                Effect.ADMIN,
                Effect.ADMIN,
                new Tool.Hints(false, true, true),
                new Schemas().confirmToken().closed(List.of()),
                Optional.of(Schemas.result("ok", "blocked", "error")),
                arguments -> new Operation.Clear(interlock.state().latch().map(latch -> latch.latchId())),
                this::clear);
    }

    private ToolResult clear(Invocation invocation) {
        var latch = ((Operation.Clear) invocation.operation()).latchId();
        return latch.map(id -> clear(id, invocation.by())).orElseGet(ClearTool::notLatched);
    }

    private ToolResult clear(String latchId, String caller) {
        return switch (clearing.clear(latchId, caller)) {
            case ClearOutcome.Cleared(var id, var at) ->
                ToolResult.ok(Json.object()
                        .put("ok", true)
                        .put("cleared_at", Rfc3339.format(at))
                        .put("was_set", true)
                        .put("latch_id", id));
            case ClearOutcome.NotLatched() -> notLatched();
            case ClearOutcome.LatchChanged changed ->
                refused("latch_changed", "another stop came; a person must look at it");
            case ClearOutcome.StopUnacked() -> refused("stop_unconfirmed", "the robot has not confirmed the stop");
            case ClearOutcome.RobotRefused(var reason) -> refused(reason, "the robot stays stopped");
            case ClearOutcome.RecordFailed() -> refused("audit_unavailable", "the clearing cannot be recorded");
        };
    }

    private static ToolResult notLatched() {
        return ToolResult.ok(Json.object().put("ok", true).putNull("cleared_at").put("was_set", false));
    }

    private static ToolResult refused(String reason, String message) {
        return ToolResult.refused(ToolResult.Outcome.BLOCKED, false, reason, message);
    }
}
