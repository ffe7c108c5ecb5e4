package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Approval;
import dev.gatehouse.gate.GateEvent;
import dev.gatehouse.gate.Verdict;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import tools.jackson.databind.node.ArrayNode;

/** Writes what happened at the gate into the log of the task (section 4.2). */
final class GateEventLog {
    /** The name under which models and 0.2.0 clients know the tools of the robot. */
    private static final String PREFIX = "mcp__robot__";

    private GateEventLog() {}

    static void write(LiveTask task, GateEvent event, ArrayNode denials) {
        switch (event) {
            case GateEvent.Decided decided -> decided(task, decided, denials);
            case GateEvent.Asked asked -> asked(task, asked.approval());
            case GateEvent.Answered answered -> answered(task, answered.approval());
            case GateEvent.Halted halted -> task.tellHalt(halted.stop());
            case GateEvent.Progressed progressed ->
                task.emit(
                        EventType.PROGRESS,
                        Json.object()
                                .put("call_id", progressed.callId())
                                .put("progress", progressed.done())
                                .put("total", progressed.total())
                                .put("message", progressed.message()));
        }
    }

    private static void decided(LiveTask task, GateEvent.Decided decided, ArrayNode denials) {
        var members = Json.object();
        members.put("call_id", decided.callId());
        members.put("tool", PREFIX + decided.tool());
        members.put("caller", decided.principal().caller());
        members.put("tier", decided.principal().tier().wire());
        switch (decided.verdict()) {
            case Verdict.Allow() ->
                members.put("behavior", "allow")
                        .put("code", "ok")
                        .put("step", "act")
                        .put("message", "");
            case Verdict.Ask ask ->
                members.put("behavior", "ask")
                        .put("code", "hitl_required")
                        .put("step", "approval")
                        .put("message", ask.message());
            case Verdict.Deny deny -> {
                members.put("behavior", "deny")
                        .put("code", deny.code())
                        .put("step", deny.step().wire())
                        .put("message", deny.message());
                synchronized (denials) {
                    denials.addObject()
                            .put("call_id", decided.callId())
                            .put("tool", PREFIX + decided.tool())
                            .put("code", deny.code());
                }
            }
        }
        task.emit(EventType.GATE_DECISION, members);
    }

    private static void asked(LiveTask task, Approval approval) {
        task.move(TaskState.AWAITING_APPROVAL, "hitl_required");
        var members = Json.object();
        members.put("approval_id", approval.id());
        members.put("call_id", approval.binding().callId());
        members.put("tool", approval.binding().tool());
        members.set("arguments", approval.arguments());
        members.put("arguments_sha256", approval.binding().argumentsSha256());
        members.set("reasons", Json.tree(approval.reasons()));
        members.put("expires_at", Rfc3339.format(approval.expiresAt()));
        members.put("href", "/v1/approvals/" + approval.id());
        task.emit(EventType.APPROVAL_REQUIRED, members);
    }

    private static void answered(LiveTask task, Approval approval) {
        task.emit(
                EventType.APPROVAL_RESOLVED,
                Json.object()
                        .put("approval_id", approval.id())
                        .put("decision", approval.state().wire())
                        .put("approver", approval.approver())
                        .put("reason", approval.reason()));
        task.move(TaskState.RUNNING, approval.state().wire());
    }
}
