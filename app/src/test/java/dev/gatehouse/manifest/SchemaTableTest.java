package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of section 3, each row at its boundary. A line is a change to the smallest manifest, then {@code =>}, then the pointers that
 * must be reported; none means valid.
 */
@DisplayName("robot-md.md section 3: the fields")
class SchemaTableTest {
    @TestFactory
    @DisplayName("3.1 root and metadata")
    Stream<DynamicTest> rootAndMetadata() {
        return rows("""
                {rcan_version: "3.0"} =>
                {rcan_version: "3.12.7"} =>
                {rcan_version: "3"} => /rcan_version
                {rcan_version: "2.0"} => /rcan_version
                {rcan_version: "3.0\\n"} => /rcan_version
                {rcan_version: " 3.0"} => /rcan_version
                {rcan_version: "3.0.0.0"} => /rcan_version
                {rcan_version: 3.0} => /rcan_version
                {rcan_version: (absent)} => (root)
                {metadata: (absent)} => (root)
                {physics: (absent)} => (root)
                {drivers: (absent)} => (root)
                {safety: (absent)} => (root)
                {rcan_version: null, metadata: 5, physics: [], drivers: {}, safety: x} => /rcan_version /metadata /physics /drivers /safety
                {schema: "https://robotmd.dev/schema/v1/robot.schema.json"} =>
                {schema: "robot.schema.json"} => /schema
                {metadata: {robot_name: x}} =>
                {metadata: {robot_name: "a b/c ü 機"}} =>
                {metadata: {robot_name: "1234567890123456789012345678901234567890123456789012345678901234"}} =>
                {metadata: {robot_name: "12345678901234567890123456789012345678901234567890123456789012345"}} => /metadata/robot_name
                {metadata: {robot_name: "😀234567890123456789012345678901234567890123456789012345678901234"}} =>
                {metadata: {robot_name: ""}} => /metadata/robot_name
                {metadata: {robot_name: (absent)}} => /metadata
                {metadata: {robot_name: 5}} => /metadata/robot_name
                {metadata: {rrn: ""}} =>
                {metadata: {rrn: RRN-000000000001}} =>
                {metadata: {rrn: RRN-00000000001}} => /metadata/rrn
                {metadata: {rrn: "RRN-000000000001\\n"}} => /metadata/rrn
                {metadata: {rrn: RRN-00000000000१}} => /metadata/rrn
                {metadata: {rrn_uri: "rrn://a", ruri: "rcan://b"}} =>
                {metadata: {rrn_uri: "rrn://", ruri: "rcan:/b"}} => /metadata/rrn_uri /metadata/ruri
                {metadata: {rcn_ids: [RCN-000000000001], rhn_ids: [RHN-000000000001], rmn: RMN-000000000001}} =>
                {metadata: {rcn_ids: [RHN-000000000001], rhn_ids: [x], rmn: RMN-1}} => /metadata/rcn_ids/0 /metadata/rhn_ids/0 /metadata/rmn
                {metadata: {rcn_ids: [RCN-000000000001, RCN-000000000001]}} => /metadata/rcn_ids
                {metadata: {rhn_ids: [RHN-000000000001, RHN-000000000001]}} => /metadata/rhn_ids
                {metadata: {manufacturer: a, model: b, version: "1", license: c}} =>
                {metadata: {manufacturer: 1, model: true, version: 1.0, license: null}} => /metadata/manufacturer /metadata/model /metadata/version /metadata/license
                {metadata: {device_id: 5, rcan_uri: [], author: {}, record_url: not a url, more: 1}} =>
                {capabilities: [arm.pick, arm.pick.soft, a-1.b_2, arm.pick]} =>
                {capabilities: []} =>
                {capabilities: [arm, Arm.pick, a.b.c.d, 1.x, arm., .pick, "arm.pick\\n", 5]} => /capabilities/0 /capabilities/1 /capabilities/2 /capabilities/3 /capabilities/4 /capabilities/5 /capabilities/6 /capabilities/7
                {capabilities: arm.pick} => /capabilities
                {extensions: {x-a: {}, x-b_1-c: {z: 1}}} =>
                {extensions: {x-a: 1}} => /extensions/x-a
                {extensions: {y: {}}} => /extensions
                {extensions: {x-A: {}}} => /extensions
                {extensions: {"x-a\\n": {}}} => /extensions
                {federation: {peer_rrns: [RRN-000000000001, "rrn://a"]}} =>
                {federation: {peer_rrns: ["", "rrn://", "xRRN-000000000001"]}} => /federation/peer_rrns/0 /federation/peer_rrns/1 /federation/peer_rrns/2
                {anything: [else, {is: fine}]} =>
                """);
    }

    @TestFactory
    @DisplayName("3.2 physics and vision")
    Stream<DynamicTest> physicsAndVision() {
        return rows("""
                {physics: {type: arm}} =>
                {physics: {type: arm_manipulator}} =>
                {physics: {type: tracked}} =>
                {physics: {type: legged}} =>
                {physics: {type: arm+camera}} =>
                {physics: {type: humanoid}} =>
                {physics: {type: sensor}} =>
                {physics: {type: other}} =>
                {physics: {type: Arm}} => /physics/type
                {physics: {type: (absent), dof: (absent)}} => /physics
                {physics: {dof: 0}} =>
                {physics: {dof: 64}} =>
                {physics: {dof: 2.0}} =>
                {physics: {dof: 65}} => /physics/dof
                {physics: {dof: -1}} => /physics/dof
                {physics: {dof: 2.5}} => /physics/dof
                {physics: {dof: "2"}} => /physics/dof
                {physics: {dof: 99999999999999999999999}} => /physics/dof
                {physics: {kinematics: [{id: a, axis: x, limits_deg: [-1, 1.5], limits_mm: [0, 1], length_mm: 0, a_mm: -1, d_mm: 2.5}]}} =>
                {physics: {kinematics: [{id: a, servo_id: 0, zero_pose_steps: 0, min_steps: 0, max_steps: 0, encoder_sign: -1, endpoint_source: null, commissioned_at: x}]}} =>
                {physics: {kinematics: [{id: a, encoder_sign: 1, endpoint_source: preset_default}, {id: a, encoder_sign: 1.0, endpoint_source: commissioned}, {id: b, endpoint_source: user_declared, more: 1}]}} =>
                {physics: {kinematics: [{axis: x}]}} => /physics/kinematics/0
                {physics: {kinematics: [{id: a, axis: w, limits_deg: [1], limits_mm: [1, 2, 3], length_mm: -1, a_mm: x, d_mm: null}]}} => /physics/kinematics/0/axis /physics/kinematics/0/limits_deg /physics/kinematics/0/limits_mm /physics/kinematics/0/length_mm /physics/kinematics/0/a_mm /physics/kinematics/0/d_mm
                {physics: {kinematics: [{id: 1, servo_id: -1, zero_pose_steps: -1, min_steps: -1, max_steps: 0.5, encoder_sign: 0, endpoint_source: guess, commissioned_at: 1}]}} => /physics/kinematics/0/id /physics/kinematics/0/servo_id /physics/kinematics/0/zero_pose_steps /physics/kinematics/0/min_steps /physics/kinematics/0/max_steps /physics/kinematics/0/encoder_sign /physics/kinematics/0/endpoint_source /physics/kinematics/0/commissioned_at
                {physics: {kinematics: [x, {id: a, limits_deg: [x, 1]}]}} => /physics/kinematics/0 /physics/kinematics/1/limits_deg/0
                {physics: {poses: {home: {joints: {a: -5, b: 2.0}, description: x, source: taught, taught_at: y, more: 1}}}} =>
                {physics: {poses: {p: {joints: {}, source: declared}, q: {joints: {}, source: solved_from_dh}}}} =>
                {physics: {poses: {home: {}}}} => /physics/poses/home
                {physics: {poses: {a/b~c: {joints: {"j/1": 0.5}, description: 1, source: x, taught_at: 2}}}} => /physics/poses/a~1b~0c/joints/j~11 /physics/poses/a~1b~0c/description /physics/poses/a~1b~0c/source /physics/poses/a~1b~0c/taught_at
                {physics: {workspace: {from_pose: a, note: b, bounds_mm: {x: [0, 1], y: [0, 1], z: [-1, 1.5]}}}} =>
                {physics: {workspace: {from_pose: 1, note: 2, bounds_mm: {x: [0], y: [0, 1, 2], z: [a, 1]}}}} => /physics/workspace/from_pose /physics/workspace/note /physics/workspace/bounds_mm/x /physics/workspace/bounds_mm/y /physics/workspace/bounds_mm/z/0
                {physics: {solver: {convention: DH, base_frame: {up: z, forward: x}, encoder: {steps_per_rev: 1}, ik_provider: null, ik_frame: base}}} =>
                {physics: {solver: {convention: URDF, ik_provider: x, ik_frame: null}}} =>
                {physics: {solver: {convention: custom}}} =>
                {physics: {solver: {convention: dh, base_frame: {up: w, forward: 1}, encoder: {steps_per_rev: 0}, ik_provider: 1, ik_frame: []}}} => /physics/solver/convention /physics/solver/base_frame/up /physics/solver/base_frame/forward /physics/solver/encoder/steps_per_rev /physics/solver/ik_provider /physics/solver/ik_frame
                {physics: {solver: {camera: {mount: anywhere, extrinsic: null}}}} =>
                {physics: {solver: {camera: {mount: 1, extrinsic: [1, 2, 3, 4, 5]}}}} => /physics/solver/camera/mount /physics/solver/camera/extrinsic
                {physics: {solver: {gripper: {joint_id: a, tip_offset_mm: [1, -2, 3.5], open_steps: 0, close_steps: 5, close_steps_empty: 1}}}} =>
                {physics: {solver: {gripper: {joint_id: 1, tip_offset_mm: [1, 2], open_steps: -1, close_steps: 0.5, close_steps_empty: x}}}} => /physics/solver/gripper/joint_id /physics/solver/gripper/tip_offset_mm /physics/solver/gripper/open_steps /physics/solver/gripper/close_steps /physics/solver/gripper/close_steps_empty
                {physics: {solver: {cameras: [{driver_id: a, primary_stream: rgb, mount: world, extrinsic: null, extrinsic_source: null}, {driver_id: a, primary_stream: left, mount: tool0, extrinsic: [1, 2, 3, 4, 5, 6], extrinsic_source: hand_eye_calibrated, extrinsic_residual_mm: 0.5}]}}} =>
                {physics: {solver: {cameras: [{driver_id: a, primary_stream: thermal, mount: link_a_1, extrinsic_source: gripper_silhouette_calibrated}, {driver_id: a, primary_stream: ir, mount: world, extrinsic_source: user_declared}]}}} =>
                {physics: {solver: {cameras: [{}]}}} => /physics/solver/cameras/0
                {physics: {solver: {cameras: [{driver_id: a, primary_stream: rgb, mount: world, more: 1}]}}} => /physics/solver/cameras/0
                {physics: {solver: {cameras: [{driver_id: 1, primary_stream: x, mount: link_, extrinsic: [1], extrinsic_source: y, extrinsic_residual_mm: z}]}}} => /physics/solver/cameras/0/driver_id /physics/solver/cameras/0/primary_stream /physics/solver/cameras/0/mount /physics/solver/cameras/0/extrinsic /physics/solver/cameras/0/extrinsic_source /physics/solver/cameras/0/extrinsic_residual_mm
                {physics: {solver: {vision_map: {path: a, source_camera: b, fitted_at: c, kind: arc, n_samples: 0, fit_rms_rad: {j: 0.1}, loo_worst_rad: 1}}}} =>
                {physics: {solver: {vision_map: {path: 1, source_camera: 1, fitted_at: 1, kind: z, n_samples: -1, fit_rms_rad: {j: x}, loo_worst_rad: x}}}} => /physics/solver/vision_map/path /physics/solver/vision_map/source_camera /physics/solver/vision_map/fitted_at /physics/solver/vision_map/kind /physics/solver/vision_map/n_samples /physics/solver/vision_map/fit_rms_rad/j /physics/solver/vision_map/loo_worst_rad
                {vision: {object_descriptors: [{id: a, detector: hsv, params: {}}, {id: b, detector: hsv_roi, params: {x: 1}}]}} =>
                {vision: {object_descriptors: [{}, {id: 1, detector: yolo, params: []}]}} => /vision/object_descriptors/0 /vision/object_descriptors/1/id /vision/object_descriptors/1/detector /vision/object_descriptors/1/params
                """);
    }

    @TestFactory
    @DisplayName("3.3 drivers")
    Stream<DynamicTest> drivers() {
        return rows(
                """
                {drivers: []} => /drivers
                {drivers: [{id: a, protocol: b, port: c, model: d, baud_rate: -1, count: 1, backend: sim_arm2, more: 1}, {id: a, protocol: b}]} =>
                {drivers: [{}, x]} => /drivers/0 /drivers/1
                {drivers: [{id: 1, protocol: 2, port: 3, model: 4, baud_rate: 1.5, count: 0, backend: Sim}]} => /drivers/0/id /drivers/0/protocol /drivers/0/port /drivers/0/model /drivers/0/baud_rate /drivers/0/count /drivers/0/backend
                {drivers: [{id: a, protocol: b, backend: "sim\\n"}]} => /drivers/0/backend
                {drivers: [{id: a, protocol: b, streams: {rgb: {}, left: {baseline_m: 0.1}, right: {intrinsic: null}, depth: {derived_from: [left, right]}, mono: {}, ir: {}, thermal: {}}}]} =>
                {drivers: [{id: a, protocol: b, streams: {colour: {}}}]} => /drivers/0/streams
                {drivers: [{id: a, protocol: b, streams: {"rgb\\n": {}}}]} => /drivers/0/streams
                {drivers: [{id: a, protocol: b, streams: {rgb: {more: 1}}}]} => /drivers/0/streams/rgb
                {drivers: [{id: a, protocol: b, streams: {rgb: {baseline_m: x, derived_from: []}, left: {derived_from: [colour]}}}]} => /drivers/0/streams/rgb/baseline_m /drivers/0/streams/rgb/derived_from /drivers/0/streams/left/derived_from/0
                """ + intrinsic("", "=>")
                        + intrinsic("distortion_model: none", "=>")
                        + intrinsic("distortion_model: none, distortion_coeffs: [1]", "=>")
                        + intrinsic("distortion_model: plumb_bob, distortion_coeffs: [0, 0, 0, 0, 0.5]", "=>")
                        + intrinsic("distortion_model: equidistant, distortion_coeffs: [0, 0, 0, 0]", "=>")
                        + intrinsic("distortion_model: rational, distortion_coeffs: [0, 0, 0, 0, 0, 0, 0, 0]", "=>")
                        + intrinsic(
                                "distortion_model: plumb_bob, distortion_coeffs: [0, 0, 0, 0]",
                                "=> I I/distortion_coeffs")
                        + intrinsic(
                                "distortion_model: equidistant, distortion_coeffs: [0, 0, 0, 0, 0]",
                                "=> I I/distortion_coeffs")
                        + intrinsic("distortion_model: rational, distortion_coeffs: []", "=> I I/distortion_coeffs")
                        + intrinsic("distortion_model: plumb_bob", "=> I")
                        + intrinsic("distortion_model: fisheye", "=> I I/distortion_model")
                        + intrinsic("distortion_coeffs: [x]", "=> I I/distortion_coeffs/0")
                        + intrinsic("more: 1", "=> I")
                        + intrinsic("fx: 0", "=> I I/fx").replace("fx: 1, ", "")
                        + intrinsic("fy: -1", "=> I I/fy").replace("fy: 1, ", "")
                        + intrinsic("width: 0", "=> I I/width").replace("width: 1, ", "")
                        + intrinsic("height: 0.5", "=> I I/height").replace("height: 1, ", "")
                        + intrinsic("cx: x", "=> I I/cx").replace("cx: 0, ", "")
                        + intrinsic("", "=> I").replace("cy: 0, ", "")
                        + "{drivers: [{id: a, protocol: b, streams: {rgb: {intrinsic: 5}}}]} => /drivers/0/streams/rgb/intrinsic\n");
    }

    private static String intrinsic(String extra, String expected) {
        return "{drivers: [{id: a, protocol: b, streams: {rgb: {intrinsic: {fx: 1, fy: 1, cx: 0, cy: 0, width: 1, height: 1, "
                + extra + "}}}}]} " + expected.replace("I", "/drivers/0/streams/rgb/intrinsic") + "\n";
    }

    @TestFactory
    @DisplayName("3.4 safety")
    Stream<DynamicTest> safety() {
        return rows("""
                {safety: {estop: (absent)}} => /safety
                {safety: {estop: {software: (absent), response_ms: (absent)}}} => /safety/estop
                {safety: {estop: {software: false}}} => /safety/estop/software
                {safety: {estop: {software: "true"}}} => /safety/estop/software
                {safety: {estop: {response_ms: 0, hardware: true, more: 1}}} =>
                {safety: {estop: {response_ms: 5000}}} =>
                {safety: {estop: {response_ms: 5001}}} => /safety/estop/response_ms
                {safety: {estop: {response_ms: -1, hardware: maybe}}} => /safety/estop/response_ms /safety/estop/hardware
                {safety: {estop: {response_ms: 0.5}}} => /safety/estop/response_ms
                {safety: {p66_enabled: true, loa_enforcement: false}} =>
                {safety: {p66_enabled: 1, loa_enforcement: x}} => /safety/p66_enabled /safety/loa_enforcement
                {safety: {max_joint_velocity_dps: 0, max_linear_velocity_ms: 0, payload_kg: 0, workspace_bounds_m: [0, 0, 0]}} =>
                {safety: {max_joint_velocity_dps: 36000, max_linear_velocity_ms: 100, payload_kg: 10000, workspace_bounds_m: [1000, 1000, 1000]}} =>
                {safety: {max_joint_velocity_dps: 36000.1, max_linear_velocity_ms: 100.1, payload_kg: 10000.1, workspace_bounds_m: [1000.1, 0, 0]}} => /safety/max_joint_velocity_dps /safety/max_linear_velocity_ms /safety/payload_kg /safety/workspace_bounds_m/0
                {safety: {max_joint_velocity_dps: -0.1, max_linear_velocity_ms: -1, payload_kg: -1, workspace_bounds_m: [0, -1, 0]}} => /safety/max_joint_velocity_dps /safety/max_linear_velocity_ms /safety/payload_kg /safety/workspace_bounds_m/1
                {safety: {workspace_bounds_m: [1, 2]}} => /safety/workspace_bounds_m
                {safety: {workspace_bounds_m: [1, 2, 3, 4]}} => /safety/workspace_bounds_m
                {safety: {failsafe_behavior: stop}} =>
                {safety: {failsafe_behavior: hold}} =>
                {safety: {failsafe_behavior: home}} =>
                {safety: {failsafe_behavior: custom}} =>
                {safety: {failsafe_behavior: Stop}} => /safety/failsafe_behavior
                {safety: {hitl_gates: [{scope: "", require_auth: true}, {scope: any text, more: 1}]}} =>
                {safety: {hitl_gates: [{require_auth: true}, {scope: 5, require_auth: "true"}, null]}} => /safety/hitl_gates/0 /safety/hitl_gates/1/scope /safety/hitl_gates/1/require_auth /safety/hitl_gates/2
                {safety: {hitl_gates: {}}} => /safety/hitl_gates
                {safety: {max_tool_velocity_ms: anything}} =>
                """);
    }

    @TestFactory
    @DisplayName("3.5 the rest")
    Stream<DynamicTest> rest() {
        return rows("""
                {network: {rrf_endpoint: "https://a", port: 1, signing_alg: ed25519, transports: [http, https, mqtt, ws, wss, coap]}} =>
                {network: {port: 65535, signing_alg: ml-dsa-65, more: 1}} =>
                {network: {signing_alg: pqc-hybrid-v1}} =>
                {network: {rrf_endpoint: //a, port: 0, signing_alg: rsa, transports: [ftp]}} => /network/rrf_endpoint /network/port /network/signing_alg /network/transports/0
                {network: {port: 65536}} => /network/port
                {brain: {planning: {provider: a, model: b, confidence_gate: 0, timeout_ms: x}, reactive: {provider: a, model: b}, task_routing: {a: b}}} =>
                {brain: {planning: {confidence_gate: 1}}} =>
                {brain: {planning: {provider: 1, model: 1, confidence_gate: 1.01}, reactive: {provider: 1, model: 1}, task_routing: {a: 1}}} => /brain/planning/provider /brain/planning/model /brain/planning/confidence_gate /brain/reactive/provider /brain/reactive/model /brain/task_routing/a
                {brain: {planning: {confidence_gate: -0.01}}} => /brain/planning/confidence_gate
                {compliance: {fria_ref: null}} =>
                {compliance: {fria_ref: "urn:a"}} =>
                {compliance: {fria_ref: nothing}} => /compliance/fria_ref
                {compliance: {fria_ref: 5}} => /compliance/fria_ref
                {compliance: {annex_iii_basis: education, fria_ref: "https://a"}} =>
                {compliance: {annex_iii_basis: education}} => /compliance
                {compliance: {annex_iii_basis: education, fria_ref: null}} => /compliance /compliance/fria_ref
                {compliance: {annex_iii_basis: education, fria_ref: nothing}} => /compliance /compliance/fria_ref
                {compliance: {annex_iii_basis: fun, fria_ref: "https://a"}} => /compliance/annex_iii_basis
                {compliance: {iso_42001: {self_assessed: true, level: 1}, eu_ai_act: {audit_retention_days: 0}}} =>
                {compliance: {iso_42001: {level: 5}}} =>
                {compliance: {iso_42001: {self_assessed: 1, level: 6}, eu_ai_act: {audit_retention_days: -1}}} => /compliance/iso_42001/self_assessed /compliance/iso_42001/level /compliance/eu_ai_act/audit_retention_days
                {compliance: {iso_42001: {level: 0}}} => /compliance/iso_42001/level
                {capability_contracts: {arm.pick: {preconditions: [{kind: pose_taught, name: a, detail: {}}, {kind: extrinsic_present}, {kind: vision_map_present}, {kind: ik_provider_set}, {kind: workspace_declared}, {kind: learned_skill_ok}, {kind: backend_resolved}]}}} =>
                {capability_contracts: {arm.pick: {preconditions: [{}, {kind: luck, name: 1, detail: []}]}}} => /capability_contracts/arm.pick/preconditions/0 /capability_contracts/arm.pick/preconditions/1/kind /capability_contracts/arm.pick/preconditions/1/name /capability_contracts/arm.pick/preconditions/1/detail
                {learned_skills: [{id: a, status: ok, validated: [x], blocked_by: [], notes: n, recorded_at: d}, {id: b, status: blocked}, {id: c, status: degraded}]} =>
                {learned_skills: [{}, {id: 1, status: fine, validated: [1], blocked_by: x, notes: 1, recorded_at: 1}]} => /learned_skills/0 /learned_skills/1/id /learned_skills/1/status /learned_skills/1/validated/0 /learned_skills/1/blocked_by /learned_skills/1/notes /learned_skills/1/recorded_at
                """
                + spatial("1.0.12", "[O1, A2]", "[0.05, 1]", "device: a, resolution: [1, 1]", "claude:a", "=>")
                + spatial("1.0", "[]", "[0.04, 1]", "device: '', resolution: [0, 1]", "gpt", """
                        => S/spec_version S/units S/workspace/play_surface_dims_m/0 S/workspace/judge_camera/device \
                        S/workspace/judge_camera/resolution/0 S/reasoning_stack/baseline""")
                + spatial("1.0.0", "[O1, O1]", "[1]", "device: a, resolution: [1], more: 1", "claude:", """
                        => S/units S/workspace/play_surface_dims_m S/workspace/judge_camera S/workspace/judge_camera/resolution \
                        S/reasoning_stack/baseline""")
                + spatial("1.0.0", "[O1, B1]", "[1, 1]", "resolution: [1, 0.5]", "claude:a", """
                        => S/units/1 S/workspace/judge_camera S/workspace/judge_camera/resolution/1""")
                + """
                {spatial-eval: {}} => /spatial-eval
                {spatial-eval: {spec_version: "1.0.0", units: [O2], workspace: {more: 1}, reasoning_stack: {more: 1}, more: 1}} => /spatial-eval /spatial-eval/workspace /spatial-eval/reasoning_stack
                """);
    }

    private static String spatial(
            String version, String units, String dimensions, String camera, String baseline, String expected) {
        return "{spatial-eval: {spec_version: \"%s\", units: %s, workspace: {play_surface_dims_m: %s, judge_camera: {%s}}, reasoning_stack: {baseline: \"%s\", declared: \"claude:b\"}}} %s%n"
                .formatted(version, units, dimensions, camera, baseline, expected.replace("S/", "/spatial-eval/"));
    }

    private static Stream<DynamicTest> rows(String table) {
        return table.lines().map(row -> {
            var arrow = row.lastIndexOf(" =>");
            var change = row.substring(0, arrow);
            var pointers = row.substring(arrow + 3).strip();
            return DynamicTest.dynamicTest(row, () -> {
                var found = new TreeSet<String>();
                Sample.schemaErrors(change).forEach(error -> found.add(error.substring(0, error.indexOf(": "))));
                assertThat(found)
                        .containsExactlyInAnyOrderElementsOf(
                                pointers.isEmpty() ? List.of() : Arrays.asList(pointers.split(" +")));
            });
        });
    }
}
