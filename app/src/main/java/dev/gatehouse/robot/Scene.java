package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The surroundings at one moment (robot-md.md 10.14). Text in it is untrusted data for every model. */
public record Scene(String frame, List<Detection> detections, List<JointState> joints, Instant at) {
    public Scene {
        detections = List.copyOf(detections);
        joints = List.copyOf(joints);
    }

    /** {@code {frame, detections, joint_state, ts}}. */
    public ObjectNode json() {
        var node = Json.object().put("frame", frame);
        var seen = node.putArray("detections");
        detections.forEach(d -> seen.add(d.json()));
        var state = node.putArray("joint_state");
        joints.forEach(j -> state.add(j.json()));
        return node.put("ts", at.toString());
    }
}
