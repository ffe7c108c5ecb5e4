package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The interlock at one moment.
 *
 * @param latch the latch, if it is set
 * @param stop the latest stop; empty if there was none since the program started
 * @param escalated escalation steps taken since the latch was set
 * @param persisted the latch is on disk, or there is none
 */
public record InterlockState(
        Optional<LatchState> latch, Optional<StopTimes> stop, List<String> escalated, boolean persisted) {
    public InterlockState {
        escalated = List.copyOf(escalated);
    }

    public boolean latched() {
        return latch.isPresent();
    }

    /** A stop was issued and the hardware has not confirmed it: {@code safety stop_unacked} (D8.3). */
    public boolean unacked() {
        return stop.isPresent() && !stop.get().acked();
    }

    /** {@code {latched, latch_id, since, by, reason, stop}}. */
    public ObjectNode json() {
        var node = stop.isPresent() ? json(latch, stop.get()) : json(latch);
        latch.ifPresent(l -> node.put("reason", l.reason()));
        return node;
    }

    static ObjectNode json(Optional<LatchState> latch, StopTimes stop) {
        var node = json(latch);
        node.set("stop", stop.json());
        return node;
    }

    private static ObjectNode json(Optional<LatchState> latch) {
        var node = Json.object().put("latched", latch.isPresent());
        latch.ifPresent(l -> node.put("latch_id", l.latchId())
                .put("since", l.since().toString())
                .put("by", l.by()));
        return node;
    }
}
