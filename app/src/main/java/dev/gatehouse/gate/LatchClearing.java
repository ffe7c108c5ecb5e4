package dev.gatehouse.gate;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditUnavailableException;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Interlock;
import java.io.IOException;

/** Opens the latch of the stop for a person who may, with a record that is durable before it opens (dispatcher.md D8.9). */
public final class LatchClearing {
    private final Interlock interlock;
    private final AuditLog audit;

    public LatchClearing(Interlock interlock, AuditLog audit) {
        this.interlock = interlock;
        this.audit = audit;
    }

    /** For a person with the role clear, who asks at this moment. */
    public ClearOutcome clear(Principal who, String latchId, String reason, boolean force) {
        return clear(
                AuditEntry.of(AuditEvent.ESTOP_CLEAR).by(AuditActors.of(who)), who.caller(), latchId, reason, force);
    }

    /** For a call that such a person agreed to; whose it is stands in the record of that call. Never by force (robot-md.md 10.8). */
    public ClearOutcome clear(String latchId, String caller) {
        var entry = AuditEntry.of(AuditEvent.ESTOP_CLEAR).with("by", Json.tree(caller));
        return clear(entry, caller, latchId, "tool estop_clear", false);
    }

    private ClearOutcome clear(AuditEntry who, String caller, String latchId, String reason, boolean force) {
        var entry = who.with("latch_id", Json.tree(latchId))
                .with("reason", Json.tree(reason))
                .with("force", Json.tree(force));
        return interlock.clear(latchId, caller, reason, force, () -> durable(entry));
    }

    private void durable(AuditEntry entry) throws IOException {
        try {
            audit.write(entry);
        } catch (AuditUnavailableException e) {
            throw new IOException(e);
        }
    }
}
