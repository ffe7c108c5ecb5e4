package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import java.util.ArrayList;
import java.util.List;

/** Where the tip is for given angles, and which angles bring it to a point: yaw, then a two-link arm in its plane. */
final class Kinematics {
    /** Straight down; a gripper that reaches from above disturbs least. */
    private static final double PREFERRED_PITCH = -90;

    private static final double PITCH_STEP = 2.5;

    private final ArmGeometry arm;
    private final double foot;
    private final double height;
    private final double upper;
    private final double fore;
    private final double hand;

    Kinematics(ArmGeometry arm) {
        this.arm = arm;
        this.foot = arm.joints().get(0).aMm();
        this.height = arm.joints().get(0).dMm();
        this.upper = arm.joints().get(1).aMm();
        this.fore = arm.joints().get(2).aMm();
        this.hand = arm.joints().stream().skip(3).mapToDouble(JointSpec::aMm).sum() + arm.tipMm();
    }

    /** What came of asking for angles. */
    sealed interface Solution {
        /** Angles within the joints' limits. */
        record Solved(Pose pose) implements Solution {}

        /** The arm is too short or too long. */
        record OutOfReach() implements Solution {}

        /** Only with a joint beyond its limits. */
        record BeyondLimits(String joint) implements Solution {}
    }

    /** The tip between the fingers. */
    Point tip(Pose pose) {
        return points(pose).getLast();
    }

    /** Elbow, wrist and tip. */
    List<Point> points(Pose pose) {
        var yaw = Math.toRadians(pose.at(0));
        var points = new ArrayList<Point>();
        var r = foot;
        var z = height;
        var pitch = 0.0;
        for (var link = 1; link <= 3; link++) {
            pitch += Math.toRadians(pose.at(link));
            var length = link == 1 ? upper : link == 2 ? fore : hand;
            r += length * Math.cos(pitch);
            z += length * Math.sin(pitch);
            points.add(new Point(r * Math.cos(yaw), r * Math.sin(yaw), z));
        }
        return points;
    }

    /** Angles that bring the tip to a point, with the gripper as near to pointing down as the limits allow; rolls stay as they are. */
    Solution solve(Point target, Pose from) {
        Solution best = new Solution.OutOfReach();
        for (var pitch = PREFERRED_PITCH; pitch <= 0; pitch += PITCH_STEP) {
            var solution = solve(target, from, pitch);
            if (solution instanceof Solution.Solved) {
                return solution;
            }
            if (best instanceof Solution.OutOfReach) {
                best = solution;
            }
        }
        return best;
    }

    private Solution solve(Point target, Pose from, double handPitchDeg) {
        var reach = Math.hypot(target.x(), target.y());
        var yaw = reach < 1e-9 ? Math.toRadians(from.at(0)) : Math.atan2(target.y(), target.x());
        var handPitch = Math.toRadians(handPitchDeg);
        var r = reach - foot - hand * Math.cos(handPitch);
        var z = target.z() - height - hand * Math.sin(handPitch);
        var distance = Math.hypot(r, z);
        if (distance > upper + fore || distance < Math.abs(upper - fore) || distance < 1e-9) {
            return new Solution.OutOfReach();
        }
        var bend = Math.acos(cosine(upper * upper + fore * fore, distance * distance, upper * fore)) - Math.PI;
        var lift = Math.acos(cosine(upper * upper + distance * distance, fore * fore, upper * distance));
        var shoulder = Math.atan2(z, r) + lift;
        var angles = from.degrees();
        angles[0] = Math.toDegrees(yaw);
        angles[1] = Math.toDegrees(shoulder);
        angles[2] = Math.toDegrees(bend);
        angles[3] = handPitchDeg - angles[1] - angles[2];
        for (var i = 0; i < angles.length; i++) {
            var joint = arm.joints().get(i);
            if (!joint.limitsDeg().contains(angles[i])) {
                return new Solution.BeyondLimits(joint.name());
            }
        }
        return new Solution.Solved(new Pose(angles));
    }

    /** Of the angle between two sides: from the sum of their squares, the square of the third side, and their product. */
    private static double cosine(double squares, double third, double product) {
        return Math.clamp((squares - third) / (2 * product), -1, 1);
    }
}
