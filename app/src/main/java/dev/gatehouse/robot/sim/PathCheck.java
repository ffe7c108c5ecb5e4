package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Envelope;
import java.util.List;

/** Walks a whole route before anything moves: every tick of it, and every half degree between ticks (robot-md.md 10.4). */
record PathCheck(ArmGeometry arm, Kinematics kinematics, Envelope envelope, double tableMm) {
    private static final double STEP_DEG = 0.5;
    private static final double TICK_SECONDS = 0.01;

    /** Accepts the route or says where it fails. */
    void walk(List<Segment> segments) throws RefusedException {
        if (!segments.isEmpty()) {
            start(segments.getFirst().from());
        }
        for (var segment : segments) {
            for (var tick = 1; tick <= segment.ticks(); tick++) {
                stand(segment.pose(tick), segment.phase());
            }
            var steps = (int) Math.ceil(segment.profile().turnDeg() / STEP_DEG);
            for (var step = 1; step < steps; step++) {
                stand(segment.from().toward(segment.to(), (double) step / steps), segment.phase());
            }
        }
    }

    /** Highest speed of the tip on a route, metres per second. */
    double topToolSpeed(List<Segment> segments) {
        var top = 0.0;
        for (var segment : segments) {
            var before = kinematics.tip(segment.from());
            for (var tick = 1; tick <= segment.ticks(); tick++) {
                var now = kinematics.tip(segment.pose(tick));
                top = Math.max(top, before.to(now) / 1000 / TICK_SECONDS);
                before = now;
            }
        }
        return top;
    }

    private void start(Pose pose) throws RefusedException {
        var workspace = envelope.workspaceMm();
        if (workspace.isPresent() && !workspace.get().contains(kinematics.tip(pose))) {
            throw new RefusedException("unsafe_start", "the tip stands outside the workspace");
        }
    }

    private void stand(Pose pose, String phase) throws RefusedException {
        for (var i = 0; i < pose.size(); i++) {
            var joint = arm.joints().get(i);
            var declared = envelope.jointLimitsDeg().get(joint.name());
            if (!joint.limitsDeg().contains(pose.at(i)) || (declared != null && !declared.contains(pose.at(i)))) {
                throw new RefusedException("joint_limit", phase + " needs " + joint.name() + " beyond its limits");
            }
        }
        var points = kinematics.points(pose);
        var workspace = envelope.workspaceMm();
        if (workspace.isPresent() && !workspace.get().contains(points.getLast())) {
            throw new RefusedException("path_leaves_workspace", "the way of " + phase + " leaves the workspace");
        }
        for (var point : points) {
            if (point.z() < tableMm) {
                throw new RefusedException("unsafe_pose", "the way of " + phase + " runs into the table");
            }
        }
    }
}
