package dev.gatehouse.manifest;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the manifest allows the body at most (robot-md.md 10.4). An absent limit is not permission: whoever needs it refuses. Zero means
 * none of that motion.
 *
 * @param maxJointVelocityDps degrees per second
 * @param maxLinearVelocityMs metres per second of the base
 * @param maxToolVelocityMs metres per second of the tool
 * @param payloadKg kilograms
 * @param bounds in millimetres; present only if complete
 * @param extents in metres; if both this and {@code bounds} are declared, both hold
 * @param estopResponseMs milliseconds from a stop to the backend's confirmation
 * @param failsafe undeclared means stop
 */
public record Limits(
        OptionalDouble maxJointVelocityDps,
        OptionalDouble maxLinearVelocityMs,
        OptionalDouble maxToolVelocityMs,
        OptionalDouble payloadKg,
        Optional<WorkspaceBox> bounds,
        Optional<WorkspaceExtents> extents,
        OptionalInt estopResponseMs,
        Optional<Failsafe> failsafe) {

    static Limits of(Section root) {
        var safety = root.section("safety");
        return new Limits(
                safety.number("max_joint_velocity_dps"),
                safety.number("max_linear_velocity_ms"),
                safety.number("max_tool_velocity_ms"),
                safety.number("payload_kg"),
                WorkspaceBox.of(root.section("physics").section("workspace").section("bounds_mm")),
                WorkspaceExtents.of(safety),
                safety.section("estop").whole("response_ms"),
                safety.text("failsafe_behavior").flatMap(Failsafe::named));
    }
}
