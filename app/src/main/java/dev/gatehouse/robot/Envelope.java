package dev.gatehouse.robot;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The limits a motion must keep. What exceeds one is refused, never clamped; zero means none of that motion; an absent one is
 * a refusal for a capability that needs it (robot-md.md 10.4).
 *
 * @param workspaceMm where the tool may be; if the manifest declares two boxes, their intersection
 * @param jointLimitsDeg by joint name
 */
public record Envelope(
        OptionalDouble maxJointVelocityDps,
        OptionalDouble maxLinearVelocityMs,
        OptionalDouble maxToolVelocityMs,
        OptionalDouble payloadKg,
        Optional<Box> workspaceMm,
        Map<String, Range> jointLimitsDeg) {
    public Envelope {
        jointLimitsDeg = Map.copyOf(jointLimitsDeg);
        notNegative(maxJointVelocityDps);
        notNegative(maxLinearVelocityMs);
        notNegative(maxToolVelocityMs);
        notNegative(payloadKg);
    }

    /** No limit declared, so nothing that needs one may move. */
    public static Envelope undeclared() {
        return new Envelope(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Map.of());
    }

    /** Whether the limit behind a need is there. */
    public boolean answers(Need need) {
        return switch (need) {
            case JOINT_SPEED -> maxJointVelocityDps.isPresent();
            case LINEAR_SPEED -> maxLinearVelocityMs.isPresent();
            case TOOL_SPEED -> true;
            case WORKSPACE -> workspaceMm.isPresent();
            case PAYLOAD -> payloadKg.isPresent();
            case JOINT_RANGE -> !jointLimitsDeg.isEmpty();
        };
    }

    private static void notNegative(OptionalDouble limit) {
        if (limit.isPresent() && !(limit.getAsDouble() >= 0)) {
            throw new IllegalArgumentException("a limit is a number from zero up");
        }
    }
}
