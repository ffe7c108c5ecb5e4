package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.json.Json;

/** What the log of a task and the audit say about its lease. */
final class LeaseRecords {
    private final AuditLog audit;

    LeaseRecords(AuditLog audit) {
        this.audit = audit;
    }

    void granted(LiveTask task) {
        say(task, "granted");
    }

    void released(LiveTask task) {
        say(task, "released");
    }

    void lost(LiveTask task) {
        say(task, "lost");
        task.emit(EventType.SAFETY, Json.object().put("kind", "lease_lost"));
    }

    private void say(LiveTask task, String action) {
        task.lease().ifPresent(grant -> {
            audit.note(AuditEntry.of(AuditEvent.LEASE)
                    .by(AuditActors.of(task.principal()))
                    .withTask(task.taskId())
                    .withBasis(new AuditEntry.Basis(grant.generation(), null, null, null))
                    .withOutcome(Json.tree(action)));
            task.emit(
                    EventType.LEASE,
                    Json.object().put("action", action).put("resource", "robot").put("generation", grant.generation()));
        });
    }
}
