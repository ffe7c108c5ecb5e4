package dev.gatehouse.bench;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.Capability;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Driver;
import dev.gatehouse.robot.DriverInfo;
import dev.gatehouse.robot.Frame;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Plan;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.RobotState;
import dev.gatehouse.robot.Scene;
import dev.gatehouse.robot.Sighting;
import dev.gatehouse.robot.VisionQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A body that moves in ticks, and counts each tick it would have made although the latch was already there to be seen. */
final class WatchfulDriver implements Driver {
    static final String MOVE = "arm.move";

    private static final int TICKS = 40;

    private final AtomicReference<@Nullable Interlock> interlock = new AtomicReference<>();
    private volatile boolean halted;
    private int begun;
    private int slipped;

    void watch(Interlock toWatch) {
        interlock.set(toWatch);
    }

    /** Motions that were handed over; read by the thread that moves. */
    int begun() {
        return begun;
    }

    /** Ticks after the latch was seen with a permit that still lived; read by the thread that moves. */
    int slipped() {
        return slipped;
    }

    boolean latchedNow() {
        var watched = interlock.get();
        return watched != null && watched.admit() instanceof Admission.Latched;
    }

    @Override
    public Outcome execute(Command command, Permit permit, Progress progress) {
        begun++;
        for (var tick = 0; tick < TICKS; tick++) {
            // In this order: a permit that lives after the latch was seen would be one that slipped through.
            var seen = latchedNow();
            if (!permit.live()) {
                return Outcome.blocked("stopped", "the permit ended");
            }
            slipped += seen ? 1 : 0;
            Thread.onSpinWait();
        }
        return Outcome.ok("moved");
    }

    @Override
    public void halt() {
        halted = true;
    }

    @Override
    public boolean halted() {
        return halted;
    }

    @Override
    public Optional<String> release() {
        halted = false;
        return Optional.empty();
    }

    @Override
    public DriverInfo info() {
        return new DriverInfo("watchful", List.of("none"), true, false, Set.of(), Set.of(), true);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(new Capability(MOVE, "Moves a little.", Json.object().put("type", "object"), false, Set.of()));
    }

    @Override
    public Plan plan(Command command) {
        return new Plan.Feasible(List.of(), Duration.ZERO, List.of());
    }

    @Override
    public Outcome observe(Command command) {
        return Outcome.error("not_implemented", "it only moves");
    }

    @Override
    public RobotState state() {
        return new RobotState(List.of(), 0, Optional.empty(), false, List.of(), false);
    }

    @Override
    public Scene scene() {
        return new Scene("none", List.of(), List.of(), Instant.EPOCH);
    }

    @Override
    public Optional<Frame> frame() {
        return Optional.empty();
    }

    @Override
    public Sighting find(VisionQuery query) {
        return new Sighting.NoFrame();
    }

    @Override
    public void close() {}
}
