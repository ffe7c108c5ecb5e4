package dev.gatehouse.tool;

import dev.gatehouse.robot.Probe;
import java.util.List;

/** What a call that somebody else carries out is about, as far as its arguments tell; only this can be held against the manifest. */
public sealed interface Subject {
    /** Nothing that the manifest could know. */
    record Unsaid() implements Subject {}

    /** One capability of the robot. */
    record OfCapability(String name) implements Subject {}

    /** One object to look for. */
    record OfObject(String descriptor) implements Subject {}

    /** Joints that it turns a little and back. */
    record OfJoints(List<Probe> probes) implements Subject {
        public OfJoints {
            probes = List.copyOf(probes);
        }
    }
}
