package dev.gatehouse.dispatch;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a task is in its life (dispatcher.md section 1). */
public enum TaskState {
    ACCEPTED,
    QUEUED,
    RUNNING,
    AWAITING_APPROVAL,
    STOPPING,

    COMPLETED,
    FAILED,
    REFUSED,
    MAX_TURNS,
    BUDGET_EXCEEDED,
    CANCELED,
    DEADLINE,
    STOPPED_DISCONNECT,
    TOOL_DRIFT,
    ESTOPPED,
    /** An effect may have happened and nobody can say whether. */
    UNKNOWN;

    private static final Set<TaskState> WAITING = EnumSet.of(ACCEPTED, QUEUED);

    /** Whether the task is over for ever. */
    public boolean terminal() {
        return compareTo(STOPPING) > 0;
    }

    /** Whether the table of section 1 has an arrow from this state to the next. */
    public boolean mayBecome(TaskState next) {
        if (terminal()) {
            return false;
        }
        return switch (next) {
            case ACCEPTED -> false;
            case QUEUED -> this == ACCEPTED;
            case RUNNING -> WAITING.contains(this) || this == AWAITING_APPROVAL;
            case AWAITING_APPROVAL -> this == RUNNING;
            case STOPPING -> this != STOPPING;
            case COMPLETED,
                    FAILED,
                    REFUSED,
                    MAX_TURNS,
                    BUDGET_EXCEEDED,
                    CANCELED,
                    DEADLINE,
                    STOPPED_DISCONNECT,
                    TOOL_DRIFT,
                    ESTOPPED,
                    UNKNOWN -> true;
        };
    }

    /** The name on the wire and in the store. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with the given wire name; see {@link #wire()}. */
    public static TaskState ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
