package dev.gatehouse.robot;

import java.time.Instant;

/** What came of clearing the latch (D8.9). Everything but {@code Cleared} leaves it as it was. */
public sealed interface ClearOutcome {
    /** The latch is open. Nothing starts or resumes. */
    record Cleared(String latchId, Instant at) implements ClearOutcome {}

    /** There is nothing to clear: {@code not_latched}. */
    record NotLatched() implements ClearOutcome {}

    /** Another latch is set, or a further stop came meanwhile: {@code latch_changed}. */
    record LatchChanged(LatchState current) implements ClearOutcome {}

    /** The hardware has not confirmed the stop: {@code stop_unacked}. */
    record StopUnacked() implements ClearOutcome {}

    /** The robot will not leave its stop: {@code robot_clear_failed}. */
    record RobotRefused(String reason) implements ClearOutcome {}

    /** The clearing could not be made durable: {@code audit_unavailable}. */
    record RecordFailed() implements ClearOutcome {}
}
