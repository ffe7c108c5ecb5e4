package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.json.Json;

/** What the audit is told about the life of a task (D14.4). */
final class TaskRecords {
    private TaskRecords() {}

    static AuditEntry created(LiveTask task) {
        return about(AuditEvent.TASK_CREATED, task)
                .with("goal_sha256", Json.tree(Accepted.goalSha256(task.order())))
                .with("goal_len", Json.tree(task.order().goal().length()));
    }

    static AuditEntry refused(Principal principal, Refusal refusal) {
        return AuditEntry.of(AuditEvent.TASK_REFUSED)
                .by(AuditActors.of(principal))
                .withDecision(new AuditEntry.Decision(
                        "deny", "admission", refusal.code().wire()));
    }

    static AuditEntry granted(LiveTask task, long generation) {
        return about(AuditEvent.LEASE, task).withBasis(new AuditEntry.Basis(generation, null, null, null));
    }

    static AuditEntry ended(LiveTask task) {
        return about(AuditEvent.TASK_ENDED, task)
                .withOutcome(Json.tree(task.task().state().wire()));
    }

    private static AuditEntry about(AuditEvent event, LiveTask task) {
        return AuditEntry.of(event).by(AuditActors.of(task.principal())).withTask(task.taskId());
    }
}
