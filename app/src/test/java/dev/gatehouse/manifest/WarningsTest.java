package dev.gatehouse.manifest;

import static dev.gatehouse.manifest.WarningCode.BODY_STRUCTURE;
import static dev.gatehouse.manifest.WarningCode.CAMERA_DRIVER;
import static dev.gatehouse.manifest.WarningCode.CAMERA_INTRINSIC;
import static dev.gatehouse.manifest.WarningCode.CAPABILITIES_MISSING;
import static dev.gatehouse.manifest.WarningCode.DEPRECATED_CAMERA;
import static dev.gatehouse.manifest.WarningCode.DUPLICATE_CAPABILITY;
import static dev.gatehouse.manifest.WarningCode.DUPLICATE_DRIVER;
import static dev.gatehouse.manifest.WarningCode.GATE_AUTH_MISSING;
import static dev.gatehouse.manifest.WarningCode.GATE_GAP;
import static dev.gatehouse.manifest.WarningCode.GATE_UNKNOWN_SCOPE;
import static dev.gatehouse.manifest.WarningCode.LIMIT_CONTRADICTION;
import static dev.gatehouse.manifest.WarningCode.LIMIT_MISSING;
import static dev.gatehouse.manifest.WarningCode.NAME_URI;
import static dev.gatehouse.manifest.WarningCode.SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Parse-time codes (bom, yaml-portability, unknown-tag) have their tests beside the parser; renamed is a server's. */
@DisplayName("robot-md.md 4.6: warnings")
class WarningsTest {
    @Test
    @DisplayName("the form is <where>: [<code>] <text>")
    void form() {
        assertThat(Validator.validate(Sample.parse(Sample.minimal())).warnings())
                .singleElement()
                .asString()
                .startsWith("(root): [capabilities-missing] ");
    }

    @Test
    void capabilitiesMissing() {
        assertThat(places("{physics: {dof: 1}}", CAPABILITIES_MISSING)).containsExactly("(root)");
        assertThat(places("{capabilities: []}", CAPABILITIES_MISSING)).containsExactly("(root)");
        assertThat(places("{capabilities: arm.pick}", CAPABILITIES_MISSING)).containsExactly("(root)");
        assertThat(places("{physics: {dof: 0}}", CAPABILITIES_MISSING)).isEmpty();
        assertThat(places("{capabilities: [status.report]}", CAPABILITIES_MISSING))
                .isEmpty();
    }

    @Test
    void duplicates() {
        assertThat(places("{capabilities: [a.b, c.d, a.b, a.b]}", DUPLICATE_CAPABILITY))
                .containsExactly("/capabilities/2");
        assertThat(places(
                        "{drivers: [{id: a, protocol: b}, {id: c, protocol: b}, {id: a, protocol: d}]}",
                        DUPLICATE_DRIVER))
                .containsExactly("/drivers/2/id");
        assertThat(places("{drivers: [{id: a, protocol: b}, {id: c, protocol: b}]}", DUPLICATE_DRIVER))
                .isEmpty();
    }

    @Test
    void cameras() {
        var camera =
                "{physics: {solver: {cameras: [{driver_id: %s, primary_stream: rgb, mount: world}]}}, drivers: [{id: eye, protocol: v4l2, streams: %s}]}";
        assertThat(places(camera.formatted("ear", "{}"), CAMERA_DRIVER))
                .containsExactly("/physics/solver/cameras/0/driver_id");
        assertThat(places(camera.formatted("ear", "{}"), CAMERA_INTRINSIC)).isEmpty();
        assertThat(places(camera.formatted("eye", "{}"), CAMERA_INTRINSIC))
                .containsExactly("/physics/solver/cameras/0");
        assertThat(places(camera.formatted("eye", "{rgb: {intrinsic: null}}"), CAMERA_INTRINSIC))
                .hasSize(1);
        assertThat(places(camera.formatted("eye", "{left: {intrinsic: {fx: 1}}}"), CAMERA_INTRINSIC))
                .hasSize(1);
        assertThat(places(camera.formatted("eye", "{rgb: {intrinsic: {fx: 1}}}"), CAMERA_INTRINSIC))
                .isEmpty();
        assertThat(places("{physics: {solver: {camera: {mount: world}}}}", DEPRECATED_CAMERA))
                .containsExactly("/physics/solver/camera");
    }

    @Test
    void gateScopes() {
        var gates = "{capabilities: [arm.pick.soft], safety: {hitl_gates: [{scope: %s, require_auth: true}]}}";
        for (var known : List.of(
                "destructive",
                "System",
                "commission",
                "manipulate",
                "navigate",
                "actuate",
                "EXECUTE",
                "vision",
                "perceive")) {
            assertThat(places(gates.formatted(known), GATE_UNKNOWN_SCOPE)).isEmpty();
        }
        for (var known : List.of("arm", "arm.pick", "arm.pick.soft")) {
            assertThat(places(gates.formatted(known), GATE_UNKNOWN_SCOPE)).isEmpty();
        }
        for (var unknown : List.of("Arm", "ar", "arm.", "arm.pick.softly", "gripper", "'*'", "''")) {
            assertThat(places(gates.formatted(unknown), GATE_UNKNOWN_SCOPE))
                    .containsExactly("/safety/hitl_gates/0/scope");
        }
    }

    @Test
    void gateWithoutRequireAuth() {
        assertThat(places(
                        "{safety: {hitl_gates: [{scope: system, require_auth: false}, {scope: destructive}]}}",
                        GATE_AUTH_MISSING))
                .containsExactly("/safety/hitl_gates/1");
    }

    @Test
    @DisplayName(
            "gate-gap names every capability that may move and that no gate covers; sensing namespaces are presumed harmless")
    void gateGap() {
        assertThat(places(
                        "{capabilities: [status.report, arm.pick, vision.describe, laser.cut, system.reboot, commission.zero]}",
                        GATE_GAP))
                .containsExactly("/capabilities/1", "/capabilities/3", "/capabilities/4", "/capabilities/5");
        assertThat(places(
                        "{capabilities: [arm.pick], safety: {hitl_gates: [{scope: arm, require_auth: false}]}}",
                        GATE_GAP))
                .isEmpty();
        assertThat(places(
                        "{capabilities: [arm.pick], safety: {hitl_gates: [{scope: navigate, require_auth: true}]}}",
                        GATE_GAP))
                .hasSize(1);
    }

    @Test
    void limitMissing() {
        assertThat(places("{capabilities: [status.report, vision.describe]}", LIMIT_MISSING))
                .isEmpty();
        assertThat(texts("{capabilities: [nav.go_to]}", LIMIT_MISSING)).hasSize(2);
        assertThat(texts("{capabilities: [drive.forward], safety: {max_linear_velocity_ms: 0}}", LIMIT_MISSING))
                .isEmpty();
        assertThat(texts("{capabilities: [arm.home]}", LIMIT_MISSING)).hasSize(2);
        assertThat(texts("{capabilities: [arm.pick]}", LIMIT_MISSING)).hasSize(4);
        var joints =
                "kinematics: [{id: a, limits_deg: [0, 1]}, {id: b, limits_mm: [0, 1]}, {id: c, min_steps: 0, max_steps: 1}, {id: d, min_steps: 0}]";
        assertThat(places(
                        "{capabilities: [arm.place], safety: {max_joint_velocity_dps: 0, payload_kg: 0, workspace_bounds_m: [1, 1, 1]}, physics: {"
                                + joints + "}}",
                        LIMIT_MISSING))
                .containsExactly("/physics/kinematics/3");
    }

    @Test
    void limitContradiction() {
        assertThat(places(
                        "{physics: {kinematics: [{id: a, limits_deg: [1, 0], limits_mm: [2, 1], min_steps: 5, max_steps: 4}, {id: b, limits_deg: [1, 1]}]}}",
                        LIMIT_CONTRADICTION))
                .containsExactly(
                        "/physics/kinematics/0/limits_deg",
                        "/physics/kinematics/0/limits_mm",
                        "/physics/kinematics/0/min_steps");
        assertThat(places(
                        "{physics: {workspace: {bounds_mm: {x: [1, 0], y: [0, 1], z: [0.2, 0.1]}}}}",
                        LIMIT_CONTRADICTION))
                .containsExactly("/physics/workspace/bounds_mm/x", "/physics/workspace/bounds_mm/z");
    }

    @Test
    @DisplayName("a pose outside the commissioned steps, or outside the angle its steps mean")
    void poseOutsideLimits() {
        assertThat(places(
                        "{physics: {kinematics: [{id: a, min_steps: 10, max_steps: 20}], poses: {p/q: {joints: {a: 21, z: 5}}, r: {joints: {a: 20}}}}}",
                        LIMIT_CONTRADICTION))
                .containsExactly("/physics/poses/p~1q/joints/a");
        var angle =
                "{physics: {kinematics: [{id: a, limits_deg: [-90, 45], zero_pose_steps: 2048, encoder_sign: %d}], poses: {p: {joints: {a: 3072}}}, solver: {encoder: {steps_per_rev: 4096}}}}";
        assertThat(places(angle.formatted(1), LIMIT_CONTRADICTION)).hasSize(1);
        assertThat(places(angle.formatted(-1), LIMIT_CONTRADICTION)).isEmpty();
    }

    @Test
    void names() {
        for (var fine : List.of("bob", "A-1.b_c~")) {
            assertThat(places("{metadata: {robot_name: " + fine + "}}", NAME_URI))
                    .isEmpty();
        }
        for (var troublesome : List.of("a b", "ü", "a/b", "100%", "' a'", "\"a\\tb\"")) {
            assertThat(places("{metadata: {robot_name: " + troublesome + "}}", NAME_URI))
                    .containsExactly("/metadata/robot_name");
        }
    }

    @Test
    @DisplayName("body-structure: a heading that satisfies a rule only by accident")
    void bodyStructure() {
        assertThat(inBody(
                        "# tin-mouse\n## Identity\n## What tin-mouse Can Do\n## Safety Gates and more\n",
                        BODY_STRUCTURE))
                .isEmpty();
        assertThat(inBody(
                        "```\n# tin-mouse\n```\n## Identity\n## What tin-mouse Can Do\n## Safety Gates\n",
                        BODY_STRUCTURE))
                .hasSize(1);
        assertThat(inBody("# tin-mouse\n### Identity\n## What tin-mouse Can Do\nsee ## Safety Gates\n", BODY_STRUCTURE))
                .hasSize(2);
        assertThat(inBody(
                        "# tin-mouse\n~~~~\n## Identity\n~~~\n## What tin-mouse Can Do\n~~~~\n## Safety Gates\n",
                        BODY_STRUCTURE))
                .hasSize(2);
        assertThat(inBody("", BODY_STRUCTURE)).isEmpty();
    }

    @Test
    @DisplayName("signature: a footer is recognised and never believed")
    void signature() {
        var footer = "<!-- ROBOT-MD-SIG kid=op-1 sig=QUJD+/8= -->";
        assertThat(inBody("x\n" + footer, SIGNATURE)).singleElement().asString().contains("has not been verified");
        assertThat(inBody("x\n" + footer + "\r\n", SIGNATURE)).hasSize(1);
        assertThat(inBody(footer + "\nx\n", SIGNATURE))
                .singleElement()
                .asString()
                .contains("not the last line");
        assertThat(inBody(footer + "\n" + footer, SIGNATURE))
                .singleElement()
                .asString()
                .contains("not the last line");
        assertThat(inBody("x\n<!-- ROBOT-MD-SIG sig=QUJD -->", SIGNATURE))
                .singleElement()
                .asString()
                .contains("invalid");
        assertThat(inBody("<!-- a comment -->", SIGNATURE)).isEmpty();
    }

    private static List<String> places(String change, WarningCode code) {
        return Sample.warnings(change).stream()
                .filter(warning -> warning.code() == code)
                .map(Warning::where)
                .toList();
    }

    private static List<String> texts(String change, WarningCode code) {
        return Sample.warnings(change).stream()
                .filter(warning -> warning.code() == code)
                .map(Warning::text)
                .toList();
    }

    private static List<String> inBody(String body, WarningCode code) {
        var manifest = Sample.manifest(Sample.parse(Sample.minimal()).frontmatter(), body);
        return Validator.validate(manifest).warnings().stream()
                .filter(warning -> warning.code() == code)
                .map(Warning::toString)
                .toList();
    }
}
