package dev.gatehouse.robot;

import java.time.Duration;
import java.util.List;

/**
 * How insistent a stop is (D8.4).
 *
 * @param ackWithin time for the hardware to confirm; after it the escalations run, in order
 * @param repeatEvery time between two sendings of an unconfirmed stop
 */
public record StopSettings(Duration ackWithin, Duration repeatEvery, List<Escalation> escalations) {
    public StopSettings {
        escalations = List.copyOf(escalations);
        if (!ackWithin.isPositive() || !repeatEvery.isPositive()) {
            throw new IllegalArgumentException("times of a stop are positive");
        }
    }

    /** 500 ms, every 100 ms, no escalation. */
    public static StopSettings standard() {
        return new StopSettings(Duration.ofMillis(500), Duration.ofMillis(100), List.of());
    }

    public StopSettings withEscalations(List<Escalation> steps) {
        return new StopSettings(ackWithin, repeatEvery, steps);
    }
}
