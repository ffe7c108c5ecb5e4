package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a manifest tells about calibration, each item {@code ok} or {@code missing} (robot-md.md 8.3). */
final class Calibration {
    private Calibration() {}

    /**
     * Judges {@code physics}. Zero: every joint, of which there is one, has its zero position. Hand-eye: some camera has its place.
     * Poses: one has a joint.
     */
    static JsonNode status(JsonNode physics) {
        var joints = physics.path("kinematics");
        var solver = physics.path("solver");
        var cameras = Stream.concat(solver.path("cameras").valueStream(), Stream.of(solver.path("camera")));
        var out = Json.object();
        out.put(
                "zero",
                word(!joints.isEmpty()
                        && joints.valueStream()
                                .allMatch(joint -> joint.path("zero_pose_steps").isNumber())));
        out.put(
                "hand_eye",
                word(cameras.anyMatch(camera -> camera.path("extrinsic").isArray())));
        out.put(
                "poses_ready",
                word(physics.path("poses")
                        .valueStream()
                        .anyMatch(pose -> !pose.path("joints").isEmpty())));
        return out;
    }

    private static String word(boolean known) {
        return known ? "ok" : "missing";
    }
}
