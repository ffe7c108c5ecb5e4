package dev.gatehouse.robot;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one stop.
 *
 * @param latch the latch that is set now; empty after a protective stop that was confirmed
 * @param repeated the latch was set already, and the stop was issued again (D8.3)
 * @param by who asked
 * @param reason why
 * @param persisted the latch is on disk, or there is none; false is an alarm (D8.2)
 * @param escalated names of the escalation steps taken so far (D8.4)
 */
public record StopReport(
        Optional<LatchState> latch,
        boolean repeated,
        String by,
        String reason,
        StopTimes stop,
        boolean persisted,
        List<String> escalated) {
    public StopReport {
        escalated = List.copyOf(escalated);
    }

    /** The answer of D8.3: {@code {latched, latch_id, since, by, stop}}. */
    public ObjectNode json() {
        return InterlockState.json(latch, stop);
    }
}
