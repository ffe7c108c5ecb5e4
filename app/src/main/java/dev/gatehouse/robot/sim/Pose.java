package dev.gatehouse.robot.sim;

import java.util.Arrays;

/** Joint angles in degrees, in the arm's order. */
final class Pose {
    private final double[] degrees;

    Pose(double... degrees) {
        this.degrees = degrees.clone();
    }

    double[] degrees() {
        return degrees.clone();
    }

    int size() {
        return degrees.length;
    }

    double at(int joint) {
        return degrees[joint];
    }

    /** The pose at the given share of the way to another; all joints arrive together. */
    Pose toward(Pose other, double share) {
        var between = new double[degrees.length];
        for (var i = 0; i < between.length; i++) {
            between[i] = degrees[i] + (other.degrees[i] - degrees[i]) * share;
        }
        return new Pose(between);
    }

    /** The largest turn of any joint on the way to another pose, degrees. */
    double turnTo(Pose other) {
        var largest = 0.0;
        for (var i = 0; i < degrees.length; i++) {
            largest = Math.max(largest, Math.abs(other.degrees[i] - degrees[i]));
        }
        return largest;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Pose other && Arrays.equals(degrees, other.degrees);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(degrees);
    }

    @Override
    public String toString() {
        return Arrays.toString(degrees);
    }
}
