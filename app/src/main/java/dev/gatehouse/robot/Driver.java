package dev.gatehouse.robot;

import java.util.List;
import java.util.Optional;

/**
 * One robot as its hardware offers itself (robot-md.md 10.14). The simulated arm and real hardware implement the same contract.
 *
 * <p>A driver asks {@link Permit#live()} before the first motion and in every control tick, and moves nothing once it is false:
 * the stop then holds even if {@link #halt()} is lost on the way.
 */
public interface Driver extends StopChannel, AutoCloseable {
    /** Name, protocols and what this driver takes care of by itself. */
    DriverInfo info();

    /** Everything this driver can do, with the schema of its arguments. */
    List<Capability> capabilities();

    /** Checks a command along its whole path, from where the robot stands now, without moving (dry run). */
    Plan plan(Command command);

    /**
     * Does it, and returns when the motion is over, finished or cut.
     *
     * @throws InterruptedException if the thread is interrupted; the motion has then been cut and is over
     */
    Outcome execute(Command command, Permit permit, Progress progress) throws InterruptedException;

    /** Answers a read-only capability; works while the latch is set and never moves (robot-md.md 10.2). */
    Outcome observe(Command command);

    /** Positions, torque, what is held, motion, faults. Never blocks. */
    RobotState state();

    /** What the cameras see and how the joints stand. */
    Scene scene();

    /** Takes a picture; empty if the camera gives none (robot-md.md 10.12). */
    Optional<Frame> frame();

    /** Looks for one object (robot-md.md 10.10). */
    Sighting find(VisionQuery query);

    /** Ends the driver's threads. The robot keeps its position and its torque. */
    @Override
    void close();
}
