package dev.gatehouse.robot.sim;

import java.time.Duration;

/**
 * One phase of a motion, cut into control ticks: the arm turns, or the gripper does.
 *
 * @param ticks control ticks it takes, at least one
 */
record Segment(
        String phase,
        Pose from,
        Pose to,
        double gripFrom,
        double gripTo,
        SpeedProfile profile,
        int ticks,
        Effect effect) {
    /** One control tick: 100 per second. */
    static final Duration TICK = Duration.ofMillis(10);

    private static final double TICK_SECONDS = 0.01;

    /** What happens when the phase is over: a released thing stays where it was put, a dropped one falls to the table. */
    enum Effect {
        NONE,
        GRASP,
        RELEASE,
        DROP
    }

    /** All joints turn together; none is faster than the given speed. */
    static Segment turn(String phase, Pose from, Pose to, double grip, double speedDps) {
        return of(phase, from, to, grip, grip, new SpeedProfile(from.turnTo(to), speedDps), Effect.NONE);
    }

    /** The gripper opens or closes over the given share of its travel. */
    static Segment grip(
            String phase, Pose at, double from, double to, double travelDeg, double speedDps, Effect effect) {
        return of(phase, at, at, from, to, new SpeedProfile(Math.abs(to - from) * travelDeg, speedDps), effect);
    }

    /** Where the joints are when the given number of ticks has passed. */
    Pose pose(int tick) {
        return tick >= ticks ? to : from.toward(to, profile.share(tick * TICK_SECONDS));
    }

    /** How far the gripper is open when the given number of ticks has passed. */
    double grip(int tick) {
        return tick >= ticks ? gripTo : gripFrom + (gripTo - gripFrom) * profile.share(tick * TICK_SECONDS);
    }

    private static Segment of(
            String phase, Pose from, Pose to, double gripFrom, double gripTo, SpeedProfile profile, Effect effect) {
        var ticks = Math.max(1, (int) Math.ceil(profile.duration() / TICK_SECONDS));
        return new Segment(phase, from, to, gripFrom, gripTo, profile, ticks, effect);
    }
}
