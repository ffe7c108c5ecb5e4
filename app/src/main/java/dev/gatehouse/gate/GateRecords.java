package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the gate writes into the audit about a call. */
final class GateRecords {
    private static final String SERVER = "robot";

    AuditEntry denied(Request request, Verdict.Deny deny) {
        var entry = entry(AuditEvent.GATE_DENY, request, Optional.empty())
                .withDecision(new AuditEntry.Decision("deny", deny.step().wire(), deny.code()));
        return deny.code().equals(Rules.SECRET_IN_ARGUMENTS) ? entry.withAction(action(request, null)) : entry;
    }

    AuditEntry intent(Request request, Optional<Approval> approval) {
        return entry(AuditEvent.TOOL_INTENT, request, approval)
                .withDecision(new AuditEntry.Decision("allow", Step.ACT.wire(), "ok"));
    }

    AuditEntry outcome(Request request, Optional<Approval> approval, ToolResult result) {
        return entry(AuditEvent.TOOL_OUTCOME, request, approval)
                .withOutcome(Json.tree(result.outcome().name().toLowerCase(Locale.ROOT)));
    }

    AuditEntry asked(Request request, Approval approval) {
        return entry(AuditEvent.APPROVAL_REQUESTED, request, Optional.of(approval))
                .with("reasons", Json.tree(approval.reasons()));
    }

    /** A token that opened nothing; {@code looked} is false if this caller had guessed too often to be heard. */
    AuditEntry wrongToken(Request request, boolean looked) {
        return entry(AuditEvent.GATE_DENY, request, Optional.empty())
                .withDecision(new AuditEntry.Decision("deny", Step.APPROVAL.wire(), "approval_mismatch"))
                .with("confirm_token", Json.tree(looked ? "wrong" : "unseen"));
    }

    AuditEntry answered(Request request, Approval approval) {
        return entry(AuditEvent.APPROVAL_DECIDED, request, Optional.of(approval))
                .withDecision(new AuditEntry.Decision(approval.state().wire(), Step.APPROVAL.wire(), "ok"))
                .with("approver", Json.tree(approval.approver()));
    }

    private static AuditEntry.Action action(Request request, @Nullable ObjectNode arguments) {
        var call = request.call();
        return new AuditEntry.Action(
                call.id(), SERVER, call.tool(), request.effect().wire(), arguments);
    }

    private AuditEntry entry(AuditEvent event, Request request, Optional<Approval> approval) {
        var call = request.call();
        var entry = AuditEntry.of(event)
                .with("request_id", Json.tree(call.requestId()))
                .by(AuditActors.of(request.principal()))
                .withTask(request.task().map(TaskScope::taskId).orElse(null))
                .withAction(action(request, call.arguments()))
                .withApproval(approval.map(Approval::id).orElse(null))
                .withBasis(new AuditEntry.Basis(
                        request.task().flatMap(TaskScope::leaseGeneration).orElse(null),
                        request.declared().sha256(),
                        request.policy().sha256(),
                        request.task().flatMap(TaskScope::keyFingerprint).orElse(null)));
        if (request.policy().selfApprove()) {
            // Whoever reads the record must know that one person could ask and agree (D7.4).
            entry = entry.with("self_approve", Json.tree(true));
        }
        return call.planStep().isEmpty() ? entry : entry.with("plan_step", Json.tree(call.planStep()));
    }
}
