package dev.gatehouse.robot.sim;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.manifest.Joint;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.Range;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.OptionalDouble;

/** Puts a simulated arm together from what a manifest declares and what stands on its bench. */
public final class SimBench {
    private static final Range FULL_TURN = new Range(-180, 180);
    private static final double GRIPPER_TRAVEL_DEG = 60;

    private SimBench() {}

    /**
     * An arm of the build that the manifest declares, powered up.
     *
     * @param sceneYaml text of a scene file
     * @throws ConfigException if the scene cannot be used
     * @throws IllegalArgumentException if the simulation has no arm of this build; the message is fit for an operator
     */
    public static SimArm open(Manifest manifest, String sceneYaml, SimFaults faults, Ticker ticker, Clock clock)
            throws ConfigException {
        return SimArm.start(geometry(manifest), SceneFile.parse(sceneYaml), faults, ticker, clock);
    }

    static ArmGeometry geometry(Manifest manifest) {
        var kinematics = manifest.kinematics();
        var gripperJoint = kinematics.gripper().flatMap(gripper -> gripper.jointId());
        var joints = new ArrayList<JointSpec>();
        var travel = GRIPPER_TRAVEL_DEG;
        for (var joint : kinematics.joints()) {
            if (gripperJoint.isPresent() && joint.id().equals(gripperJoint.get())) {
                travel = joint.limitsDeg().map(r -> r.max() - r.min()).orElse(GRIPPER_TRAVEL_DEG);
            } else {
                joints.add(spec(joint));
            }
        }
        var tip = kinematics.gripper().stream()
                .flatMap(gripper -> gripper.tipOffsetMm().stream())
                .findFirst();
        return new ArmGeometry(manifest.robotName().orElse("arm"), joints, tip.orElse(0.0), travel);
    }

    private static JointSpec spec(Joint joint) {
        var axis = joint.axis().orElseThrow(() -> new IllegalArgumentException("joint " + joint.id() + " has no axis"));
        return new JointSpec(
                joint.id(),
                axis,
                orElse(joint.aMm(), joint.lengthMm()),
                joint.dMm().orElse(0),
                joint.limitsDeg().orElse(FULL_TURN),
                JointSpec.DEFAULT_SPEED_DPS);
    }

    private static double orElse(OptionalDouble declared, OptionalDouble legacy) {
        return declared.orElse(legacy.orElse(0));
    }
}
