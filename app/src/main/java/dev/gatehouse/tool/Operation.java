package dev.gatehouse.tool;

import dev.gatehouse.robot.Probe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Looks around step by step; moves if one of the steps turns a joint (robot-md.md 10.12). */
    record Survey(List<SurveyStep> steps) implements Operation {
        public Survey {
            steps = List.copyOf(steps);
        }

        /** The steps that move, in order. */
        public List<Probe> probes() {
            return steps.stream()
                    .flatMap(step -> step instanceof SurveyStep.Turn(var probe) ? Stream.of(probe) : Stream.empty())
                    .toList();
        }
    }

    /** Has a goal planned and carries the plan out; moves nothing itself, each step is a call of its own (robot-md.md 10.9). */
    record Pursue() implements Operation {}

    /** Changes the manifest (robot-md.md 10.11). */
    record Write() implements Operation {}

    /**
     * Opens the latch of the stop (robot-md.md 10.8).
     *
     * @param latchId the latch that was set when the call came; empty if none was
     */
    record Clear(Optional<String> latchId) implements Operation {}

    /**
     * Hands the call to the operator's own tool server, which alone knows what it does with it.
     *
     * @param effect by the name and the arguments, never by what the server says of itself (D6.1)
     * @param subject what it names of what the manifest declares
     * @param asked whether a person must agree, whatever the manifest and the policy say
     * @param barrier why it cannot be handed over now, if something stands in the way
     */
    record Forward(Effect effect, Subject subject, boolean asked, Optional<Barrier> barrier) implements Operation {}

    /** Stops the robot. */
    record Stop() implements Operation {}
}
