package dev.gatehouse.gate;

import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.DriverInfo;
import dev.gatehouse.robot.Frame;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Plan;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.RobotState;
import dev.gatehouse.robot.Scene;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulated arm's mind without its body: it plans and sees like the arm, and a motion is a line in its diary. */
public final class RecordingDriver implements Driver {
    /** What a motion does instead of moving. */
    public interface Motion {
        /** See {@link Driver#execute}. */
        Outcome run(Command command, Permit permit, Progress progress) throws InterruptedException;
    }

    private final Driver arm;
    private final List<Command> executed = new CopyOnWriteArrayList<>();
    private final AtomicInteger observed = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();
    private volatile Motion motion = (command, permit, progress) -> Outcome.ok("done");
    private volatile boolean plans = true;

    RecordingDriver(Driver arm) {
        this.arm = arm;
    }

    /** From now on every motion does this. */
    public void onMotion(Motion to) {
        motion = to;
    }

    /** From now on it cannot check a motion without moving. */
    void cannotPlan() {
        plans = false;
    }

    /** The motions that began, in order. */
    public List<Command> executed() {
        return executed;
    }

    int observed() {
        return observed.get();
    }

    /** How often it was told to stop. */
    public int halts() {
        return halts.get();
    }

    @Override
    public DriverInfo info() {
        var info = arm.info();
        return new DriverInfo("recording", info.protocols(), true, plans, info.enforces(), info.failsafes(), true);
    }

    @Override
    public List<Capability> capabilities() {
        return arm.capabilities();
    }

    @Override
    public Plan plan(Command command) {
        return arm.plan(command);
    }

    @Override
    public Outcome execute(Command command, Permit permit, Progress progress) throws InterruptedException {
        executed.add(command);
        return motion.run(command, permit, progress);
    }

    @Override
    public Outcome observe(Command command) {
        observed.incrementAndGet();
        return arm.observe(command);
    }

    @Override
    public RobotState state() {
        return arm.state();
    }

    @Override
    public Scene scene() {
        return arm.scene();
    }

    @Override
    public Optional<Frame> frame() {
        return arm.frame();
    }

    @Override
    public Sighting find(VisionQuery query) {
        return arm.find(query);
    }

    @Override
    public void halt() {
        halts.incrementAndGet();
    }

    @Override
    public boolean halted() {
        return true;
    }

    @Override
    public Optional<String> release() {
        return Optional.empty();
    }

    @Override
    public void close() {
        arm.close();
    }
}
