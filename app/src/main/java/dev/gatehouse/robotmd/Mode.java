package dev.gatehouse.robotmd;

import dev.gatehouse.robot.InterlockState;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What stands behind a manifest that is served: nothing or a robot. The operator says which, never the manifest (robot-md.md 1). */
public sealed interface Mode {
    /** No backend is configured: nothing can move, no latch is known and nothing was ever executed. */
    record ManifestOnly() implements Mode {}

    /**
     * A backend is configured.
     *
     * @param hindrances why nothing may move now, each {@code <code>: <text>}, beyond what the manifest itself tells
     * @param interlock the latch as it is now
     * @param executions records of what was executed, oldest first, each with a {@code status} (robot-md.md 10.13)
     */
    record Actuation(
            Supplier<List<String>> hindrances,
            Supplier<InterlockState> interlock,
            Supplier<List<ObjectNode>> executions)
            implements Mode {}
}
