package dev.gatehouse.robot;

/** The interlock's answer to who wants to move. */
public sealed interface Admission {
    /** The latch is open. */
    record Admitted(Permit permit) implements Admission {}

    /** The latch is set: {@code estop_latched}. */
    record Latched(LatchState latch) implements Admission {}
}
