package dev.gatehouse.cli;

import dev.gatehouse.client.Answer;
import dev.gatehouse.dispatch.TaskState;

/** How a verb that talks to a server ends, for scripts (D18.4). */
final class ExitCode {
    static final int DONE = 0;
    /** What was asked for cannot be done as things stand; the table of D18.4 is about tasks and has no number for it. */
    static final int NOT_DONE = 1;

    static final int REFUSED = 2;
    static final int FAILED = 3;
    static final int BUDGET_EXCEEDED = 4;
    static final int DEADLINE = 5;
    static final int ESTOPPED = 6;
    static final int BUSY = 7;
    static final int MAX_TURNS = 8;
    static final int CANCELED = 9;
    static final int UNKNOWN = 10;
    static final int STOPPED_DISCONNECT = 11;
    static final int TOOL_DRIFT = 12;
    static final int USAGE = 64;
    static final int UNREACHABLE = 69;
    static final int PROTOCOL = 76;
    static final int NO_RIGHT = 77;
    /** Of a program that was interrupted, as shells count. */
    static final int LEFT = 130;

    private ExitCode() {}

    /** For a task that ended. */
    static int of(TaskState state) {
        return switch (state) {
            case COMPLETED -> DONE;
            case REFUSED -> REFUSED;
            case FAILED -> FAILED;
            case BUDGET_EXCEEDED -> BUDGET_EXCEEDED;
            case DEADLINE -> DEADLINE;
            case ESTOPPED -> ESTOPPED;
            case MAX_TURNS -> MAX_TURNS;
            case CANCELED -> CANCELED;
            case UNKNOWN -> UNKNOWN;
            case STOPPED_DISCONNECT -> STOPPED_DISCONNECT;
            case TOOL_DRIFT -> TOOL_DRIFT;
            case ACCEPTED, QUEUED, RUNNING, AWAITING_APPROVAL, STOPPING -> PROTOCOL;
        };
    }

    /** For an order that was not taken. The code says more than the status; one that is not known here goes by its status. */
    static int ofRefusal(Answer answer) {
        return switch (answer.code()) {
            case "busy", "no_capacity", "too_many_tasks", "idempotency_in_flight" -> BUSY;
            case "estop_latched" -> ESTOPPED;
            case "daily_budget" -> BUDGET_EXCEEDED;
            case "manifest_changed", "manifest_invalid" -> REFUSED;
            case "audit_unavailable", "internal" -> FAILED;
            case "starting", "stopping" -> UNREACHABLE;
            case "too_many_failures" -> NO_RIGHT;
            default ->
                switch (answer.status()) {
                    case 401, 403 -> NO_RIGHT;
                    case 413, 422, 501 -> USAGE;
                    case 409, 429, 503 -> BUSY;
                    default -> PROTOCOL;
                };
        };
    }
}
