package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.json.Json;

/** What the audit says about an order: that it became a task, or why it did not. Of its goal only digest and length (D14.5). */
final class OrderRecords {
    private OrderRecords() {}

    static AuditEntry created(LiveTask task) {
        var order = task.order();
        return AuditEntry.of(AuditEvent.TASK_CREATED)
                .by(AuditActors.of(task.principal()))
                .withTask(task.taskId())
                .with("goal_sha256", Json.tree(Accepted.goalSha256(order)))
                .with("goal_len", Json.tree(order.goal().length()))
                .with("arrival", order.arrival().json());
    }

    static AuditEntry refused(Principal principal, Order order, Refusal refusal) {
        return AuditEntry.of(AuditEvent.TASK_REFUSED)
                .by(AuditActors.of(principal))
                .withDecision(new AuditEntry.Decision(
                        "deny", "admission", refusal.code().wire()))
                .with("arrival", order.arrival().json());
    }
}
