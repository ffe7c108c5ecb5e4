package dev.gatehouse.robot;

import java.time.Duration;
import java.util.List;

/** What came of checking a command without moving. */
public sealed interface Plan {
    /**
     * It can be done within its limits.
     *
     * @param duration how long the motion takes
     * @param warnings what a person who approves it should know, such as an unknown weight
     */
    record Feasible(List<Waypoint> waypoints, Duration duration, List<String> warnings) implements Plan {
        public Feasible {
            waypoints = List.copyOf(waypoints);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot be done.
     *
     * @param reason a code of robot-md.md 10.6, such as {@code ik_failed}
     * @param message for people and models; safe to show
     */
    record Infeasible(String reason, String message) implements Plan {}
}
