package dev.gatehouse.robot.sim;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Need;
import dev.gatehouse.robot.Probe;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the simulated arm can do, with schemas as narrow as the arm is small. */
final class ArmCapabilities {
    static final String PICK = "arm.pick";
    static final String PLACE = "arm.place";
    static final String REACH = "arm.reach";
    static final String HOME = "arm.home";
    static final String OPEN = "gripper.open";
    static final String CLOSE = "gripper.close";
    static final String DESCRIBE = "vision.describe";
    static final String STATUS = "status.report";

    /** Every limit that the arm keeps by itself. */
    static final Set<Need> ENFORCED =
            Set.of(Need.JOINT_SPEED, Need.TOOL_SPEED, Need.WORKSPACE, Need.PAYLOAD, Need.JOINT_RANGE);

    private static final Set<Need> TURNING = Set.of(Need.JOINT_SPEED, Need.JOINT_RANGE, Need.TOOL_SPEED);
    private static final Set<Need> REACHING =
            Set.of(Need.JOINT_SPEED, Need.JOINT_RANGE, Need.TOOL_SPEED, Need.WORKSPACE);
    private static final int FARTHEST_MM = 2_000;
    private static final int FARTHEST_PROBE_DEG = 45;

    static final List<Capability> ALL = List.of(
            new Capability(PICK, "Pick up the named object and lift it.", target("object to pick up"), false, ENFORCED),
            new Capability(
                    PLACE, "Put the held object down at the named place.", target("place to put it"), false, ENFORCED),
            new Capability(REACH, "Bring the tip of the gripper to a point.", point(), false, REACHING),
            new Capability(HOME, "Return to the resting pose.", nothing(), false, TURNING),
            new Capability(
                    OPEN, "Open the gripper; what it holds is let go.", nothing(), false, Set.of(Need.JOINT_SPEED)),
            new Capability(
                    CLOSE,
                    "Close the gripper around what is between its fingers.",
                    nothing(),
                    false,
                    Set.of(Need.JOINT_SPEED, Need.PAYLOAD)),
            new Capability(
                    Probe.CAPABILITY,
                    "Turn one joint a little and back, and say how the picture moved.",
                    probe(),
                    false,
                    TURNING),
            new Capability(
                    DESCRIBE, "Describe what the camera sees and how the joints stand.", nothing(), true, Set.of()),
            new Capability(STATUS, "Report joints, torque, gripper, motion and faults.", nothing(), true, Set.of()));

    private ArmCapabilities() {}

    private static ObjectNode nothing() {
        var schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object");
        schema.putObject("properties");
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode target(String meaning) {
        var schema = nothing();
        property(schema, "target")
                .put("type", "string")
                .put("description", "Id of the " + meaning)
                .put("minLength", 1)
                .put("maxLength", 64);
        schema.putArray("required").add("target");
        return schema;
    }

    private static ObjectNode point() {
        var schema = nothing();
        for (var axis : List.of("x", "y", "z")) {
            property(schema, axis)
                    .put("type", "number")
                    .put("description", "Millimetres from the middle of the foot")
                    .put("minimum", -FARTHEST_MM)
                    .put("maximum", FARTHEST_MM);
        }
        property(schema, "speed_dps")
                .put("type", "number")
                .put("description", "Speed of the fastest joint, degrees per second")
                .put("exclusiveMinimum", 0)
                .put("maximum", 360);
        schema.putArray("required").add("x").add("y").add("z");
        return schema;
    }

    private static ObjectNode probe() {
        var schema = nothing();
        property(schema, "joint").put("type", "string").put("minLength", 1).put("maxLength", 64);
        property(schema, "delta_deg")
                .put("type", "number")
                .put("minimum", -FARTHEST_PROBE_DEG)
                .put("maximum", FARTHEST_PROBE_DEG);
        schema.putArray("required").add("joint").add("delta_deg");
        return schema;
    }

    private static ObjectNode property(ObjectNode schema, String name) {
        return ((ObjectNode) schema.get("properties")).putObject(name);
    }
}
