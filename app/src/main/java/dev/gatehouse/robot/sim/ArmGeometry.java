package dev.gatehouse.robot.sim;

import dev.gatehouse.manifest.Axis;
import java.util.List;

/**
 * The build of an arm: a yaw, three pitches and any number of rolls, from foot to tool. Other builds are refused with an
 * {@link IllegalArgumentException} whose message is fit for an operator.
 *
 * @param joints in order, without the gripper
 * @param tipMm from the last link's end to the tip between the fingers, along the link
 * @param gripperTravelDeg turn of the gripper's joint between closed and open
 */
public record ArmGeometry(String name, List<JointSpec> joints, double tipMm, double gripperTravelDeg) {
    private static final List<Axis> FORM = List.of(Axis.Z, Axis.Y, Axis.Y, Axis.Y);

    public ArmGeometry {
        joints = List.copyOf(joints);
        var axes = joints.stream().map(JointSpec::axis).toList();
        if (axes.size() < FORM.size()
                || !axes.subList(0, FORM.size()).equals(FORM)
                || axes.stream().skip(FORM.size()).anyMatch(axis -> axis != Axis.X)) {
            throw new IllegalArgumentException("the simulated arm needs joints about z, y, y, y and then x");
        }
        if (joints.stream().skip(1).anyMatch(joint -> joint.dMm() != 0)) {
            throw new IllegalArgumentException("only the first joint of the simulated arm may have an offset d");
        }
        if (!(joints.get(1).aMm() > 0) || !(joints.get(2).aMm() > 0)) {
            throw new IllegalArgumentException("upper arm and forearm of the simulated arm need a length");
        }
        if (!Double.isFinite(tipMm) || !(gripperTravelDeg > 0)) {
            throw new IllegalArgumentException("the gripper of the simulated arm has no usable dimensions");
        }
    }
}
