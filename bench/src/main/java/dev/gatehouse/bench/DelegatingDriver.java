package dev.gatehouse.bench;

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
import java.util.concurrent.atomic.AtomicLong;

/** Another driver, with the moment of its first stop since it was last asked for. */
final class DelegatingDriver implements Driver {
    private final Driver driver;
    private final AtomicLong firstHalt;

    /** @param firstHalt {@link System#nanoTime()} of the first stop after somebody set it to zero */
    DelegatingDriver(Driver driver, AtomicLong firstHalt) {
        this.driver = driver;
        this.firstHalt = firstHalt;
    }

    @Override
    public void halt() {
        firstHalt.compareAndSet(0, System.nanoTime());
        driver.halt();
    }

    @Override
    public boolean halted() {
        return driver.halted();
    }

    @Override
    public Optional<String> release() {
        return driver.release();
    }

    @Override
    public DriverInfo info() {
        return driver.info();
    }

    @Override
    public List<Capability> capabilities() {
        return driver.capabilities();
    }

    @Override
    public Plan plan(Command command) {
        return driver.plan(command);
    }

    @Override
    public Outcome execute(Command command, Permit permit, Progress progress) throws InterruptedException {
        return driver.execute(command, permit, progress);
    }

    @Override
    public Outcome observe(Command command) {
        return driver.observe(command);
    }

    @Override
    public RobotState state() {
        return driver.state();
    }

    @Override
    public Scene scene() {
        return driver.scene();
    }

    @Override
    public Optional<Frame> frame() {
        return Optional.empty();
    }

    @Override
    public Sighting find(VisionQuery query) {
        return driver.find(query);
    }

    @Override
    public void close() {
        driver.close();
    }
}
