package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("robot-md.md 10.4: what other rooms read from a manifest")
class ViewsTest {
    private static final Manifest ARM = Sample.parse(Sample.file("arm-with-camera.ROBOT.md"));
    private static final Manifest SERVOS = Sample.parse(Sample.file("servo-arm.ROBOT.md"));
    private static final Manifest ROVER = Sample.parse(Sample.file("rover.ROBOT.md"));

    @Test
    void limits() {
        var arm = ARM.limits();
        assertThat(arm.maxJointVelocityDps()).hasValue(120);
        assertThat(arm.maxLinearVelocityMs()).isEmpty();
        assertThat(arm.payloadKg()).hasValue(0.5);
        assertThat(arm.bounds())
                .contains(new WorkspaceBox(new Range(0, 340), new Range(-250, 250), new Range(0, 300.5)));
        assertThat(arm.extents()).isEmpty();
        assertThat(arm.estopResponseMs()).hasValue(80);
        assertThat(arm.failsafe()).contains(Failsafe.STOP);
        var rover = ROVER.limits();
        assertThat(rover.maxLinearVelocityMs()).hasValue(0.3);
        assertThat(rover.extents()).contains(new WorkspaceExtents(12, 8, 0.5));
        assertThat(rover.failsafe()).isEmpty();
    }

    @Test
    @DisplayName("zero is a limit, an incomplete box is none")
    void edges() {
        var limits = Sample.changed(
                        "{safety: {max_joint_velocity_dps: 0, max_tool_velocity_ms: 0.0, failsafe_behavior: HOLD}, physics: {workspace: {bounds_mm: {x: [0, 1], y: [0, 1]}}}}")
                .limits();
        assertThat(limits.maxJointVelocityDps()).hasValue(0);
        assertThat(limits.maxToolVelocityMs()).hasValue(0);
        assertThat(limits.bounds()).isEmpty();
        assertThat(limits.failsafe()).isEmpty();
    }

    @Test
    void box() {
        var box = new WorkspaceBox(new Range(0, 1), new Range(0, 1), new Range(2, 1));
        assertThat(box.contains(0, 1, 2)).isFalse();
        assertThat(new WorkspaceBox(box.x(), box.y(), box.x()).contains(0, 1, 0.5))
                .isTrue();
        assertThat(new WorkspaceBox(box.x(), box.y(), box.x()).contains(0, 1, Double.NaN))
                .isFalse();
    }

    @Test
    void kinematics() {
        var kinematics = SERVOS.kinematics();
        assertThat(kinematics.joints()).extracting(Joint::id).containsExactly("pan", "lift", "jaw");
        var pan = kinematics.joints().getFirst();
        assertThat(pan.axis()).contains(Axis.Z);
        assertThat(pan.limitsDeg()).contains(new Range(-110, 110));
        assertThat(pan.stepRange()).contains(new Range(800, 3300));
        assertThat(pan.servoId()).hasValue(1);
        assertThat(pan.degreesAt(2047 + 1024, kinematics.stepsPerRevolution())).hasValue(-90);
        assertThat(kinematics.joints().getLast().degreesAt(5, kinematics.stepsPerRevolution()))
                .isEmpty();
        assertThat(kinematics.poses())
                .containsExactly(Map.entry("rest", Map.of("pan", 2047, "lift", 1500, "jaw", 1600)));
        var gripper = kinematics.gripper().orElseThrow();
        assertThat(gripper.jointId()).contains("jaw");
        assertThat(gripper.tipOffsetMm()).containsExactly(80.0, 0.0, -5.5);
        assertThat(gripper.openSteps()).hasValue(2600);
        assertThat(gripper.closeStepsEmpty()).hasValue(1500);
    }

    @Test
    void lists() {
        assertThat(ARM.capabilities()).containsExactly("arm.pick", "arm.place", "vision.describe", "status.report");
        assertThat(SERVOS.drivers())
                .containsExactly(
                        new DriverEntry("servos", "feetech", Optional.of("/dev/ttyACM0"), Optional.of("serial_servo")));
        assertThat(ARM.objectDescriptors()).extracting(ObjectDescriptor::id).containsExactly("letter");
        assertThat(Json.line(ARM.objectDescriptors().getFirst().params()))
                .isEqualTo("{\"h_ranges\":[[20,40]],\"min_area\":300,\"roi\":[0,0,320,240]}");
        assertThat(ARM.robotName()).contains("clerk");
    }

    @Test
    @DisplayName("the JSON view keeps order and exact integers, and has null for what JSON has not")
    void json() {
        var manifest = Sample.parse(
                "---\nb: 123456789012345678901234567890\na: [1.5, .nan, -0, 2.0, null, true]\nc: -9223372036854775809\n---\n");
        assertThat(Json.line(manifest.json()))
                .isEqualTo(
                        "{\"b\":123456789012345678901234567890,\"a\":[1.5,null,0,2,null,true],\"c\":-9223372036854775809}");
    }

    @Test
    @DisplayName("views leave out what is not of the expected type")
    void wrongTypes() {
        var manifest = Sample.manifest(Sample.tree("""
                        metadata: [x]
                        physics: {kinematics: [5, {}, {id: 5}, {id: ok, axis: 7, limits_deg: [1], servo_id: 1e20}], poses: {a: 1, b: {joints: {x: y}}}, workspace: {bounds_mm: []}, solver: {gripper: 5}}
                        vision: {object_descriptors: {a: b}}
                        drivers: [null, {id: a}, {id: 5, protocol: x}]
                        capabilities: [5, arm.pick, null]
                        safety: {estop: 5, max_joint_velocity_dps: fast, payload_kg: .inf, workspace_bounds_m: [1, x, 2], failsafe_behavior: 5, hitl_gates: {a: b}}
                        """), "");
        assertThat(manifest.kinematics().joints()).extracting(Joint::id).containsExactly("ok");
        assertThat(manifest.kinematics().poses()).containsExactly(Map.entry("a", Map.of()), Map.entry("b", Map.of()));
        assertThat(manifest.kinematics().gripper()).isPresent();
        assertThat(manifest.limits().maxJointVelocityDps()).isEmpty();
        assertThat(manifest.limits().payloadKg()).isEmpty();
        assertThat(manifest.limits().extents()).isEmpty();
        assertThat(manifest.limits().estopResponseMs()).isEmpty();
        assertThat(manifest.capabilities()).containsExactly("arm.pick");
        assertThat(manifest.drivers()).isEmpty();
        assertThat(manifest.objectDescriptors()).isEmpty();
        assertThat(manifest.hitlGates().gates()).isEmpty();
        assertThat(manifest.robotName()).isEmpty();
        assertThat(List.of(manifest.summary())).containsExactly("? (?, 0 DoF, 3 capabilities)");
    }
}
