package dev.gatehouse.audit;

import java.util.Locale;

/** What a record is about (D14.4, lanes.md L9.1). The name on the line is the lower-case constant. */
public enum AuditEvent {
    START,
    STOP,
    AUTH_FAILED,
    TASK_CREATED,
    TASK_REFUSED,
    GATE_DENY,
    TOOL_INTENT,
    TOOL_OUTCOME,
    APPROVAL_REQUESTED,
    APPROVAL_DECIDED,
    ESTOP,
    ESTOP_CLEAR,
    STOP_ACK,
    STOP_UNACKED,
    LEASE,
    DISCONNECT,
    TASK_ENDED,
    TOKEN_CHANGE,
    POLICY_CHANGE,
    MANIFEST_CHANGE,
    AUDIT_ROTATE,
    AUDIT_RECOVERED,
    AUDIT_DEGRADED,
    LANE_INTENT,
    LANE_OUTCOME,
    LANE_REFUSED,
    LANE_CANCEL,
    LANE_RECONCILED,
    LANES_CONFIG;

    /** The name as the record line has it, for example {@code tool_intent}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a note of this event may use the room kept free for what must not be crowded out by denials and reads. */
    boolean mayUseReserve() {
        return switch (this) {
            case ESTOP, ESTOP_CLEAR, STOP_ACK, STOP_UNACKED, TOOL_OUTCOME, LANE_OUTCOME, TASK_ENDED, START, STOP ->
                true;
            case AUDIT_ROTATE, AUDIT_RECOVERED, AUDIT_DEGRADED -> true;
            case AUTH_FAILED, TASK_CREATED, TASK_REFUSED, GATE_DENY, TOOL_INTENT -> false;
            case APPROVAL_REQUESTED, APPROVAL_DECIDED, LEASE, DISCONNECT -> false;
            case TOKEN_CHANGE, POLICY_CHANGE, MANIFEST_CHANGE, LANES_CONFIG -> false;
            case LANE_INTENT, LANE_REFUSED, LANE_CANCEL, LANE_RECONCILED -> false;
        };
    }
}
