package dev.gatehouse.robot;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Range;
import java.util.HashMap;
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

    /** The limits that a manifest declares. Extents lie around the base, and above it. */
    public static Envelope of(Manifest manifest) {
        var limits = manifest.limits();
        var bounds = limits.bounds().map(b -> new Box(b.x(), b.y(), b.z()));
        var extents = limits.extents()
                .map(e -> new Box(around(e.x() * 1000), around(e.y() * 1000), new Range(0, e.z() * 1000)));
        var workspace = bounds.isPresent() && extents.isPresent()
                ? Optional.of(bounds.get().intersection(extents.get()))
                : bounds.or(() -> extents);
        var joints = new HashMap<String, Range>();
        manifest.kinematics()
                .joints()
                .forEach(joint -> joint.limitsDeg().ifPresent(range -> joints.put(joint.id(), range)));
        return new Envelope(
                limits.maxJointVelocityDps(),
                limits.maxLinearVelocityMs(),
                limits.maxToolVelocityMs(),
                limits.payloadKg(),
                workspace,
                joints);
    }

    private static Range around(double extent) {
        return new Range(-extent / 2, extent / 2);
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
