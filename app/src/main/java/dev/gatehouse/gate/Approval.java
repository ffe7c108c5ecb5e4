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
 * @param shown what the approver decides on
 */
public record Approval(
        String id,
        Binding binding,
        String requester,
        String caller,
        Shown shown,
        Instant expiresAt,
        State state,
        String approver,
        String reason) {

    /**
     * What a person is told of the call.
     *
     * @param arguments with secrets removed
     * @param reasons which gates want a person, for example {@code hitl:arm}
     * @param decider the right without which nobody may answer
     * @param warnings what is not known or not declared, for example the weight of what is lifted (robot-md.md 10.4)
     */
    public record Shown(ObjectNode arguments, List<String> reasons, Role decider, List<String> warnings) {
        public Shown {
            arguments = arguments.deepCopy();
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }
    }

    /** Which gates want a person. */
    public List<String> reasons() {
        return shown.reasons();
    }

    /** The right without which nobody may see or answer it. */
    public Role decider() {
        return shown.decider();
    }

    /** The arguments, with secrets removed. */
    public ObjectNode arguments() {
        return shown.arguments();
    }

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

    /**
     * Everything an approval is tied to; any difference voids it (D7.1, D8.5).
     *
     * @param taskId empty for a direct call
     * @param latching which latching of the stop was the latest
     * @param planStep which step of which plan the call is; empty for a call by itself
     */
    public record Binding(
            String taskId,
            String callId,
            String tool,
            String argumentsSha256,
            String manifestSha256,
            String policySha256,
            long latching,
            String planStep) {

        /** The same for a repetition of the call. */
        Binding of(String otherCallId) {
            return new Binding(
                    taskId, otherCallId, tool, argumentsSha256, manifestSha256, policySha256, latching, planStep);
        }
    }

    /** Whether nobody waits for the answer: the caller asks again, with the token that a person was given. */
    public boolean direct() {
        return binding.taskId().isEmpty();
    }

    /** Whether this question is about a call of the same caller that differs in nothing but its id. */
    boolean isFor(Principal who, Binding call, List<String> gates) {
        return requester.equals(who.credentialId())
                && caller.equals(who.caller())
                && binding.of("").equals(call.of(""))
                && reasons().equals(gates);
    }

    Approval resolved(State to, String by, String why) {
        return new Approval(id, binding, requester, caller, shown, expiresAt, to, by, why);
    }

    /** The approval as a client sees it. */
    public ObjectNode toJson() {
        var out = Json.object();
        out.put("id", id);
        out.put("state", state.wire());
        out.put("task_id", direct() ? null : binding.taskId());
        out.put("call_id", binding.callId());
        if (!binding.planStep().isEmpty()) {
            out.put("plan_step", binding.planStep());
        }
        out.put("caller", caller);
        out.put("tool", binding.tool());
        out.set("arguments", arguments());
        out.put("arguments_sha256", binding.argumentsSha256());
        out.put("manifest_sha256", binding.manifestSha256());
        out.set("reasons", Json.tree(reasons()));
        out.set("warnings", Json.tree(shown.warnings()));
        out.put("expires_at", Rfc3339.format(expiresAt));
        if (state != State.PENDING) {
            out.put("approver", approver);
            out.put("reason", reason);
        }
        return out;
    }
}
