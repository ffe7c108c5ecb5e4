package dev.gatehouse.robot.sim;

import dev.gatehouse.manifest.Axis;
import dev.gatehouse.manifest.Range;

/**
 * One revolute joint and the link that follows it: {@code physics.kinematics[]} of the manifest. A positive angle about y raises
 * the link, about z it turns to the left, about x it rolls.
 *
 * @param aMm length of the link along its own x
 * @param dMm offset along the joint's z
 * @param maxSpeedDps what the servo can do, degrees per second
 */
public record JointSpec(String name, Axis axis, double aMm, double dMm, Range limitsDeg, double maxSpeedDps) {
    /** What a small serial servo can do when nothing is declared. */
    public static final double DEFAULT_SPEED_DPS = 180;

    public JointSpec {
        if (!Double.isFinite(aMm) || !Double.isFinite(dMm) || !(maxSpeedDps > 0)) {
            throw new IllegalArgumentException("joint " + name + " has no usable dimensions");
        }
    }
}
