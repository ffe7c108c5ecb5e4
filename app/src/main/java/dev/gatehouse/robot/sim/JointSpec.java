package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Range;

/**
 * One revolute joint and the link that follows it: {@code physics.kinematics[]} of the manifest.
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
