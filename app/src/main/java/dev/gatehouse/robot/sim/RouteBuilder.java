package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Box;
import dev.gatehouse.robot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strings phases together: each starts where the one before it ends. */
final class RouteBuilder {
    private final ArmGeometry arm;
    private final Kinematics kinematics;
    private final Optional<Box> workspace;
    private final double speedDps;
    private final List<Segment> segments = new ArrayList<>();
    private Pose pose;
    private double grip;

    RouteBuilder(ArmGeometry arm, Kinematics kinematics, World start, Optional<Box> workspace, double speedDps) {
        this.arm = arm;
        this.kinematics = kinematics;
        this.workspace = workspace;
        this.speedDps = speedDps;
        this.pose = start.pose();
        this.grip = start.grip();
    }

    RouteBuilder turn(String phase, Pose to) {
        segments.add(Segment.turn(phase, pose, to, grip, speedDps));
        pose = to;
        return this;
    }

    RouteBuilder reach(String phase, Point target) throws RefusedException {
        if (workspace.isPresent() && !workspace.get().contains(target)) {
            throw new RefusedException("outside_workspace", "the point of " + phase + " is outside the workspace");
        }
        return switch (kinematics.solve(target, pose)) {
            case Kinematics.Solution.Solved solved -> turn(phase, solved.pose());
            case Kinematics.Solution.OutOfReach _ ->
                throw new RefusedException("ik_failed", "the arm cannot reach the point of " + phase);
            case Kinematics.Solution.BeyondLimits beyond ->
                throw new RefusedException(
                        "joint_limit", "the point of " + phase + " needs " + beyond.joint() + " beyond its limits");
        };
    }

    RouteBuilder grip(String phase, double to, Segment.Effect effect) {
        segments.add(Segment.grip(phase, pose, grip, to, arm.gripperTravelDeg(), speedDps, effect));
        grip = to;
        return this;
    }

    List<Segment> segments() {
        return List.copyOf(segments);
    }
}
