package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Limits that a declared capability will need and the manifest does not give (robot-md.md 4.6, 10.4). */
final class LimitWarnings {
    private static final Set<String> JOINTED = Set.of("arm", "gripper", "leg", "head", "tool", "commission");
    private static final Set<String> LIFTING = Set.of("pick", "place");
    private static final Set<String> CARTESIAN = Set.of("pick", "place", "reach");

    private final List<String> capabilities;
    private final List<Warning> warnings = new ArrayList<>();

    private LimitWarnings(List<String> capabilities) {
        this.capabilities = capabilities;
    }

    static List<Warning> of(Section root) {
        var findings = new LimitWarnings(root.texts("capabilities"));
        findings.safety(Limits.of(root));
        findings.joints(root.section("physics"));
        return findings.warnings;
    }

    private void safety(Limits limits) {
        if (limits.maxJointVelocityDps().isEmpty()) {
            missing("/safety", "max_joint_velocity_dps", LimitWarnings::movesJoints);
        }
        if (limits.maxLinearVelocityMs().isEmpty()) {
            missing("/safety", "max_linear_velocity_ms", OperationClass::isNavigating);
        }
        if (limits.payloadKg().isEmpty()) {
            missing("/safety", "payload_kg", LimitWarnings::lifts);
        }
        if (limits.bounds().isEmpty() && limits.extents().isEmpty()) {
            missing("(root)", "physics.workspace.bounds_mm or safety.workspace_bounds_m", LimitWarnings::goesSomewhere);
        }
    }

    private void joints(Section physics) {
        var list = physics.list("kinematics");
        if (list.isEmpty()) {
            missing("/physics", "kinematics with joint limits", LimitWarnings::movesJoints);
        }
        for (var i = 0; i < list.size(); i++) {
            var pointer = Pointers.child("/physics/kinematics", i);
            Joint.of(Section.of(list.get(i)))
                    .filter(joint -> joint.limitsDeg().isEmpty()
                            && joint.limitsMm().isEmpty()
                            && joint.stepRange().isEmpty())
                    .forEach(joint -> missing(
                            pointer, "limits_deg, limits_mm or min_steps and max_steps", LimitWarnings::movesJoints));
        }
    }

    private void missing(String where, String limit, Predicate<String> needs) {
        capabilities.stream()
                .filter(needs)
                .findFirst()
                .map(name -> new Warning(
                        where, WarningCode.LIMIT_MISSING, name + " needs " + limit + " and will be refused without"))
                .ifPresent(warnings::add);
    }

    private static boolean movesJoints(String capability) {
        return JOINTED.contains(OperationClass.namespace(capability));
    }

    private static boolean lifts(String capability) {
        return capability.equals("gripper.close") || (movesJoints(capability) && LIFTING.contains(verb(capability)));
    }

    private static boolean goesSomewhere(String capability) {
        return OperationClass.namespace(capability).equals("nav")
                || (movesJoints(capability) && CARTESIAN.contains(verb(capability)));
    }

    private static String verb(String capability) {
        var parts = capability.split("\\.", -1);
        return parts.length > 1 ? parts[1] : "";
    }
}
