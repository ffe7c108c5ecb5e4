package dev.gatehouse.dispatch;

import java.util.Locale;
import java.util.Optional;

/** Why a task is made to end before its executor is done, weakest first: of two that race the stronger is recorded (D1.5). */
public enum StopCause {
    /** The process was frozen, or its clock jumped, while the task might move the robot (D9.3). */
    LEASE_LOST(TaskState.FAILED),
    CANCELED(TaskState.CANCELED),
    DEADLINE(TaskState.DEADLINE),
    DISCONNECT(TaskState.STOPPED_DISCONNECT),
    TOOL_DRIFT(TaskState.TOOL_DRIFT),
    ESTOP(TaskState.ESTOPPED);

    private final TaskState ending;

    StopCause(TaskState ending) {
        this.ending = ending;
    }

    /** The terminal state this cause leads to. */
    public TaskState ending() {
        return ending;
    }

    /** The end of a task that had not begun. */
    Ending unbegun(String reason) {
        return Ending.of(ending, "", Optional.of(new Ending.Fault(name().toLowerCase(Locale.ROOT), reason)));
    }

    /** The end of a task that was at work when it was told to stop. */
    Ending of(Ending worked) {
        return this == LEASE_LOST
                ? worked.as(
                        ending,
                        Optional.of(new Ending.Fault(
                                "lease_lost", "the server stood still too long to be trusted with the robot")))
                : worked.as(ending, worked.fault());
    }
}
