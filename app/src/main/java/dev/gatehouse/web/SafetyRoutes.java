package dev.gatehouse.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.Refusal;
import dev.gatehouse.gate.LatchClearing;
import dev.gatehouse.gate.Role;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.time.Rfc3339;
import java.util.List;

/** Stop and clear (dispatcher.md section 8). Stopping is everybody's right, clearing is not. */
final class SafetyRoutes {
    private final Interlock interlock;
    private final LatchClearing clearing;

    SafetyRoutes(Interlock interlock, AuditLog audit) {
        this.interlock = interlock;
        this.clearing = new LatchClearing(interlock, audit);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/estop", Route.Access.STOP, Route.Body.BEST_EFFORT, this::stop),
                Route.post("/v1/estop/clear", Route.Access.CALLER, Route.Body.JSON, this::clear));
    }

    private void stop(Exchange exchange) {
        var report = interlock.stop(exchange.principal().caller(), StopReason.of(exchange));
        exchange.closeAfterwards();
        exchange.json(200, report.json());
    }

    private void clear(Exchange exchange) throws RefusedException {
        var who = exchange.principal();
        if (!who.has(Role.CLEAR)) {
            throw new RefusedException(
                    Refusal.Code.ROLE_REQUIRED, "needs the role clear, which no other right implies");
        }
        var body = exchange.body();
        var latchId = text(body.path("latch_id").asString(""), "latch_id", 64);
        var reason = text(body.path("reason").asString(""), "reason", 500);
        var force = body.path("force").booleanValue(false);
        switch (clearing.clear(who, latchId, reason, force)) {
            case ClearOutcome.Cleared(var id, var at) ->
                exchange.json(
                        200,
                        Json.object().put("latched", false).put("latch_id", id).put("cleared_at", Rfc3339.format(at)));
            case ClearOutcome.NotLatched() ->
                throw new RefusedException(Refusal.Code.NOT_LATCHED, "the robot is not stopped");
            case ClearOutcome.LatchChanged changed ->
                throw new RefusedException(Refusal.Code.LATCH_CHANGED, "another stop came; look at its latch id");
            case ClearOutcome.StopUnacked() ->
                throw new RefusedException(
                        Refusal.Code.STOP_UNACKED, "the robot has not confirmed the stop; look at it, then use force");
            case ClearOutcome.RobotRefused(var why) ->
                throw new RefusedException(Refusal.Code.ROBOT_CLEAR_FAILED, "the robot stays stopped: " + why);
            case ClearOutcome.RecordFailed() ->
                throw new RefusedException(Refusal.Code.AUDIT_UNAVAILABLE, "the clearing cannot be recorded");
        }
    }

    private static String text(String value, String field, int max) throws RefusedException {
        if (value.isBlank() || value.length() > max) {
            var rule = "is required, 1 to " + max + " characters";
            throw new RefusedException(Refusal.fields(
                    Refusal.Code.INVALID_REQUEST,
                    field + " " + rule,
                    List.of(new Refusal.FieldError(field, rule, "missing"))));
        }
        return value;
    }
}
