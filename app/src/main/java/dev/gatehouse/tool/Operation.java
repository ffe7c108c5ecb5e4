package dev.gatehouse.tool;

import tools.jackson.databind.node.ObjectNode;

/** What one call would do, computed from the tool's name and its arguments; the gate decides on this and nothing else. */
public sealed interface Operation {
    /** Reads the manifest or the state of the robot. */
    record Read() implements Operation {}

    /** Looks for a declared object through a declared camera. */
    record Look(String descriptor) implements Operation {}

    /**
     * Runs a capability of the robot.
     *
     * @param arguments what the capability itself receives
     * @param dryRun only plan it; gated like the real thing (robot-md.md 10.3)
     */
    record Run(String capability, ObjectNode arguments, boolean dryRun) implements Operation {}

    /** Stops the robot. */
    record Stop() implements Operation {}
}
