package dev.gatehouse.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the body is built, as far as the manifest tells.
 *
 * @param joints from the base outwards
 * @param poses by name, each a mapping from joint to encoder steps, in document order
 * @param stepsPerRevolution encoder steps of a full turn
 */
public record Kinematics(
        List<Joint> joints,
        Map<String, Map<String, Integer>> poses,
        Optional<Gripper> gripper,
        OptionalInt stepsPerRevolution) {

    static Kinematics of(Section physics) {
        var solver = physics.section("solver");
        return new Kinematics(
                physics.sections("kinematics").stream().flatMap(Joint::of).toList(),
                poses(physics.section("poses")),
                Gripper.of(solver),
                solver.section("encoder").whole("steps_per_rev"));
    }

    private static Map<String, Map<String, Integer>> poses(Section declared) {
        var poses = new LinkedHashMap<String, Map<String, Integer>>();
        for (var name : declared.members().keySet()) {
            var joints = declared.section(name).section("joints");
            var steps = new LinkedHashMap<String, Integer>();
            joints.members().keySet().forEach(joint -> joints.whole(joint).ifPresent(at -> steps.put(joint, at)));
            poses.put(name, Collections.unmodifiableMap(steps));
        }
        return Collections.unmodifiableMap(poses);
    }
}
