package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question to a person: may exactly this call go ahead (dispatcher.md section 7).
 *
 * @param id {@code apr-…}
 * @param binding what the answer is good for
 * @param requester credential that may not answer
 * @param arguments what the approver is shown, with secrets removed
 * @param reasons which gates want a person, for example {@code hitl:arm}
 */
public record Approval(
        String id,
        Binding binding,
        String requester,
        String caller,
        ObjectNode arguments,
        List<String> reasons,
        Instant expiresAt,
        State state,
        String approver,
        String reason) {

    /** How the question stands. */
    public enum State {
        PENDING,
        APPROVED,
        DENIED,
        EXPIRED,
        /** The call it was about can no longer happen: cancel, stop, restart, or a change of what it was bound to. */
        VOID;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Everything an approval is tied to; any difference voids it (D7.1). */
    public record Binding(
            String taskId,
            String callId,
            String tool,
            String argumentsSha256,
            String manifestSha256,
            String policySha256) {}

    Approval resolved(State to, String by, String why) {
        return new Approval(id, binding, requester, caller, arguments, reasons, expiresAt, to, by, why);
    }

    /** The approval as a client sees it. */
    public ObjectNode toJson() {
        var out = Json.object();
        out.put("id", id);
        out.put("state", state.wire());
        out.put("task_id", binding.taskId());
        out.put("call_id", binding.callId());
        out.put("caller", caller);
        out.put("tool", binding.tool());
        out.set("arguments", arguments);
        out.put("arguments_sha256", binding.argumentsSha256());
        out.put("manifest_sha256", binding.manifestSha256());
        out.set("reasons", Json.tree(reasons));
        out.put("expires_at", Rfc3339.format(expiresAt));
        if (state != State.PENDING) {
            out.put("approver", approver);
            out.put("reason", reason);
        }
        return out;
    }
}
