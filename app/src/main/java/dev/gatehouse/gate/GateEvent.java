package dev.gatehouse.gate;

import dev.gatehouse.robot.StopReport;

/** What happens at the gate and belongs into the log of the task. */
public sealed interface GateEvent {
    String callId();

    /** A verdict was reached. */
    record Decided(String callId, String tool, Principal principal, Verdict verdict) implements GateEvent {}

    /** A person is asked; the call is held. */
    record Asked(String callId, Approval approval) implements GateEvent {}

    /** The question is answered, or void. */
    record Answered(String callId, Approval approval) implements GateEvent {}

    /** A moving call was cut, and the robot was stopped for it. */
    record Halted(String callId, StopReport stop) implements GateEvent {}

    /** A running call came further. */
    record Progressed(String callId, int done, int total, String message) implements GateEvent {}
}
