package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.json.Json;

/** What the audit hears of tasks, apart from their calls (D14.4). The goal is there as hash and length only (D14.5). */
record TaskAudit(AuditLog log) {
    void refused(Principal principal, Order order, Refusal why) {
        log.note(AuditEntry.of(AuditEvent.TASK_REFUSED)
                .by(AuditActors.of(principal))
                .withDecision(
                        new AuditEntry.Decision("deny", "admission", why.code().wire()))
                .with("arrival", order.arrival().json()));
    }

    void created(LiveTask task) {
        log.note(about(AuditEvent.TASK_CREATED, task)
                .with("goal_sha256", Json.tree(Accepted.goalSha256(task.order())))
                .with("goal_len", Json.tree(task.order().goal().length()))
                .with("arrival", task.order().arrival().json()));
    }

    void ended(LiveTask task) {
        log.note(about(AuditEvent.TASK_ENDED, task)
                .withOutcome(Json.tree(task.task().state().wire())));
    }

    private static AuditEntry about(AuditEvent event, LiveTask task) {
        return AuditEntry.of(event).by(AuditActors.of(task.principal())).withTask(task.taskId());
    }

    /** Number of the latest record. */
    long lastSeq() {
        return log.lastSeq();
    }
}
