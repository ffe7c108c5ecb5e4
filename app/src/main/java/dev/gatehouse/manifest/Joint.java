package dev.gatehouse.manifest;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One entry of {@code physics.kinematics}, from the base outwards.
 *
 * @param limitsDeg degrees, for a joint that turns
 * @param limitsMm millimetres, for a joint that slides
 * @param lengthMm legacy stand-in for {@code aMm}
 * @param aMm distance to the next joint across this joint's axis
 * @param dMm distance to the next joint along this joint's axis
 * @param servoId bus address
 * @param zeroPoseSteps encoder reading at zero degrees
 * @param minSteps encoder reading at the mechanical minimum
 * @param maxSteps encoder reading at the mechanical maximum
 * @param encoderSign 1, or -1 if the encoder counts against the joint's positive direction
 */
public record Joint(
        String id,
        Optional<Axis> axis,
        Optional<Range> limitsDeg,
        Optional<Range> limitsMm,
        OptionalDouble lengthMm,
        OptionalDouble aMm,
        OptionalDouble dMm,
        OptionalInt servoId,
        OptionalInt zeroPoseSteps,
        OptionalInt minSteps,
        OptionalInt maxSteps,
        OptionalInt encoderSign) {

    static Stream<Joint> of(Section joint) {
        return joint.text("id").stream()
                .map(id -> new Joint(
                        id,
                        joint.text("axis").flatMap(Axis::named),
                        joint.range("limits_deg"),
                        joint.range("limits_mm"),
                        joint.number("length_mm"),
                        joint.number("a_mm"),
                        joint.number("d_mm"),
                        joint.whole("servo_id"),
                        joint.whole("zero_pose_steps"),
                        joint.whole("min_steps"),
                        joint.whole("max_steps"),
                        joint.whole("encoder_sign")));
    }

    /** The commissioned encoder range, if both ends are known. */
    public Optional<Range> stepRange() {
        return minSteps.isPresent() && maxSteps.isPresent()
                ? Optional.of(new Range(minSteps.getAsInt(), maxSteps.getAsInt()))
                : Optional.empty();
    }

    /** The joint's angle in degrees at an encoder reading, if its zero and the resolution are known; an absent sign is 1. */
    public OptionalDouble degreesAt(int steps, OptionalInt stepsPerRevolution) {
        if (zeroPoseSteps.isEmpty() || stepsPerRevolution.isEmpty() || stepsPerRevolution.getAsInt() == 0) {
            return OptionalDouble.empty();
        }
        var turned = ((double) steps - zeroPoseSteps.getAsInt()) * encoderSign.orElse(1);
        return OptionalDouble.of(turned * 360 / stepsPerRevolution.getAsInt());
    }
}
