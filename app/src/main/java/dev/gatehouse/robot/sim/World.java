package dev.gatehouse.robot.sim;

import dev.gatehouse.robot.Point;
import java.util.Optional;
import java.util.function.Function;

/**
 * Arm and table at one tick. Only the control loop makes new ones.
 *
 * @param speeds of the joints, degrees per second
 * @param grip 0 closed to 1 open
 * @param holding id of what hangs in the gripper; in the scene it is where it was picked up until it is put down
 */
record World(Pose pose, Pose speeds, double grip, Optional<String> holding, SimScene scene) {
    static World at(Pose pose, SimScene scene) {
        return new World(pose, new Pose(new double[pose.size()]), 1, Optional.empty(), scene);
    }

    World moved(Pose newPose, double newGrip, double seconds) {
        var speeds = new double[pose.size()];
        for (var i = 0; i < speeds.length; i++) {
            speeds[i] = (newPose.at(i) - pose.at(i)) / seconds;
        }
        return new World(newPose, new Pose(speeds), newGrip, holding, scene);
    }

    World atRest() {
        return new World(pose, new Pose(new double[pose.size()]), grip, holding, scene);
    }

    World holding(Optional<String> what, SimScene newScene) {
        return new World(pose, speeds, grip, what, newScene);
    }

    /** What was held is now where the given rule puts it. */
    World letGo(Function<SceneObject, Point> where) {
        var held = holding.flatMap(scene::object);
        return held.isEmpty()
                ? this
                : holding(Optional.empty(), scene.with(held.get().id(), where.apply(held.get())));
    }

    /** The scene as a camera would see it, with what is held at the tip. */
    SimScene seen(Kinematics kinematics) {
        return holding.map(id -> scene.with(id, kinematics.tip(pose))).orElse(scene);
    }
}
