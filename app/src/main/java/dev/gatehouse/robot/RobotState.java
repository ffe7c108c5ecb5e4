package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the robot stands.
 *
 * @param gripperOpening 0 closed to 1 open
 * @param holding id of what the gripper holds
 * @param faults codes, empty if all is well
 * @param hardwareEstop a hardware stop is pressed or missing
 */
public record RobotState(
        List<JointState> joints,
        double gripperOpening,
        Optional<String> holding,
        boolean moving,
        List<String> faults,
        boolean hardwareEstop) {
    public RobotState {
        joints = List.copyOf(joints);
        faults = List.copyOf(faults);
    }

    /** {@code {joints, gripper_opening, holding, moving, faults, hardware_estop}}. */
    public ObjectNode json() {
        var node = Json.object();
        var list = node.putArray("joints");
        joints.forEach(j -> list.add(j.json()));
        node.put("gripper_opening", Round.hundredths(gripperOpening));
        node.put("holding", holding.orElse(null));
        node.put("moving", moving);
        var codes = node.putArray("faults");
        faults.forEach(codes::add);
        return node.put("hardware_estop", hardwareEstop);
    }
}
