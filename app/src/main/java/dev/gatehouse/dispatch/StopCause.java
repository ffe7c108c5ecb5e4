package dev.gatehouse.dispatch;

/** Why a task is made to end before its executor is done, weakest first: of two that race the stronger is recorded (D1.5). */
public enum StopCause {
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
}
