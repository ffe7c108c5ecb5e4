package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Limits that cannot be satisfied, and poses that lie outside them (robot-md.md 4.6). */
final class ContradictionWarnings {
    private final List<Warning> warnings = new ArrayList<>();
    private final Map<String, Joint> joints = new HashMap<>();

    private ContradictionWarnings() {}

    static List<Warning> of(Section root) {
        var findings = new ContradictionWarnings();
        var physics = root.section("physics");
        findings.joints(physics);
        findings.workspace(physics.section("workspace").section("bounds_mm"));
        findings.poses(Kinematics.of(physics));
        return findings.warnings;
    }

    private void joints(Section physics) {
        var list = physics.list("kinematics");
        for (var i = 0; i < list.size(); i++) {
            var pointer = Pointers.child("/physics/kinematics", i);
            Joint.of(Section.of(list.get(i))).forEach(joint -> {
                joints.putIfAbsent(joint.id(), joint);
                inverted(pointer + "/limits_deg", joint.limitsDeg());
                inverted(pointer + "/limits_mm", joint.limitsMm());
                inverted(pointer + "/min_steps", joint.stepRange());
            });
        }
    }

    private void workspace(Section bounds) {
        for (var axis : List.of("x", "y", "z")) {
            inverted("/physics/workspace/bounds_mm/" + axis, bounds.range(axis));
        }
    }

    private void inverted(String pointer, Optional<Range> range) {
        range.filter(Range::isContradiction)
                .ifPresent(r -> warn(pointer, "the minimum is above the maximum, so nothing is allowed"));
    }

    private void poses(Kinematics kinematics) {
        kinematics
                .poses()
                .forEach((pose, steps) -> steps.forEach((joint, at) -> {
                    if (joints.containsKey(joint)
                            && isOutside(joints.get(joint), at, kinematics.stepsPerRevolution())) {
                        var pointer = Pointers.child(Pointers.child("/physics/poses", pose) + "/joints", joint);
                        warn(pointer, "the pose lies outside the limits of this joint");
                    }
                }));
    }

    private static boolean isOutside(Joint joint, int steps, OptionalInt stepsPerRevolution) {
        if (joint.stepRange().filter(range -> !range.contains(steps)).isPresent()) {
            return true;
        }
        var degrees = joint.degreesAt(steps, stepsPerRevolution);
        return degrees.isPresent()
                && joint.limitsDeg()
                        .filter(range -> !range.contains(degrees.getAsDouble()))
                        .isPresent();
    }

    private void warn(String pointer, String text) {
        warnings.add(Warning.atPointer(pointer, WarningCode.LIMIT_CONTRADICTION, text));
    }
}
