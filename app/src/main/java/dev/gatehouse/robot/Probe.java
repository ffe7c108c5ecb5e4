package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Kinematics;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A small turn of one joint and back, to see which way the picture moves (robot-md.md 10.12).
 *
 * <p>To a driver it is a capability like any other, under the name {@value #CAPABILITY} and with the arguments {@code joint} and
 * {@code delta_deg}; its outcome has one event {@value #EVENT} with {@code px_shift}, how far the picture moved at the far point. So every
 * check of a motion holds for it, and a driver that cannot see or turn simply does not have it.
 *
 * @param deltaSteps encoder steps, either way, not 0
 */
public record Probe(String joint, int deltaSteps) {
    /** Name of the driver's capability; of the commissioning class (10.2). */
    public static final String CAPABILITY = "commission.probe_direction";

    /** Kind of the event that tells what was seen. */
    public static final String EVENT = "probe";

    /** The joint that is meant if none is named. */
    public static final String DEFAULT_JOINT = "shoulder_pan";

    /** How far it is turned if nothing is said. */
    public static final int DEFAULT_STEPS = 30;

    /** Farthest probe there is; an operator may allow less. */
    public static final int MAX_STEPS = 200;

    private static final Set<String> MEMBERS = Set.of("joint", "delta");

    /**
     * What the arguments of a step ask for, by default {@value #DEFAULT_STEPS} steps of {@value #DEFAULT_JOINT}; empty if they are not those
     * of a probe.
     */
    public static Optional<Probe> of(JsonNode arguments) {
        var joint = arguments.path("joint");
        var delta = arguments.path("delta");
        var fits = arguments.isObject()
                && MEMBERS.containsAll(arguments.propertyNames())
                && (joint.isMissingNode() || joint.isString())
                && (delta.isMissingNode() || (delta.canConvertToExactIntegral() && delta.canConvertToInt()));
        var probe = new Probe(joint.asString(DEFAULT_JOINT), fits ? delta.asInt(DEFAULT_STEPS) : 0);
        return probe.deltaSteps() == 0 ? Optional.empty() : Optional.of(probe);
    }

    /** Whether the manifest has such a joint. */
    public boolean declared(Kinematics kinematics) {
        return kinematics.joints().stream().anyMatch(j -> j.id().equals(joint));
    }

    /** The order to the body; empty if the manifest does not tell how far an encoder step turns the joint. */
    public Optional<Command> command(String requestId, Kinematics kinematics, Envelope envelope) {
        var degrees = degrees(kinematics);
        return degrees.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command(
                        requestId,
                        CAPABILITY,
                        Json.object().put("joint", joint).put("delta_deg", degrees.getAsDouble()),
                        envelope,
                        false));
    }

    private OptionalDouble degrees(Kinematics kinematics) {
        var resolution = kinematics.stepsPerRevolution();
        if (resolution.isEmpty() || resolution.getAsInt() <= 0) {
            return OptionalDouble.empty();
        }
        return kinematics.joints().stream()
                .filter(j -> j.id().equals(joint))
                .mapToDouble(j -> j.encoderSign().orElse(1) * deltaSteps * 360.0 / resolution.getAsInt())
                .findFirst();
    }
}
