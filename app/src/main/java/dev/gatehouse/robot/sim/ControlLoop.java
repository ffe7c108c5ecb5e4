package dev.gatehouse.robot.sim;

import dev.gatehouse.time.Ticker;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The arm's own thread, 100 ticks a second while something moves or a stop waits for its confirmation, asleep otherwise. A late
 * tick makes the arm late, never faster. Stops are looked at before anything moves, so a stop holds from the next tick on.
 */
final class ControlLoop implements AutoCloseable {
    private static final double TICK_SECONDS = 0.01;

    private final Kinematics kinematics;
    private final SimFaults faults;
    private final Ticker ticker;
    private final Thread thread;
    private final AtomicReference<@Nullable Motion> motion = new AtomicReference<>();
    private final AtomicLong stopsSent = new AtomicLong();
    private final AtomicLong stopsArrived = new AtomicLong();
    private final AtomicLong stopsConfirmed = new AtomicLong();
    private volatile World world;
    private volatile boolean closed;
    /** When the oldest unconfirmed stop was seen; touched by the loop only. */
    private long unconfirmedSince;

    private boolean unconfirmed;

    ControlLoop(World start, Kinematics kinematics, SimFaults faults, Ticker ticker) {
        this.world = start;
        this.kinematics = kinematics;
        this.faults = faults;
        this.ticker = ticker;
        this.thread = Thread.ofPlatform().daemon().name("sim-arm").unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    World world() {
        return world;
    }

    boolean moving() {
        return motion.get() != null;
    }

    long stopsArrived() {
        return stopsArrived.get();
    }

    /** Starts a motion; false if one is under way. */
    boolean drive(Motion next) {
        if (!motion.compareAndSet(null, next)) {
            return false;
        }
        if (closed && motion.compareAndSet(next, null)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    void halt() {
        var stop = stopsSent.incrementAndGet();
        faults.mayBlock();
        if (!faults.dropsThisStop()) {
            stopsArrived.accumulateAndGet(stop, Math::max);
            LockSupport.unpark(thread);
        }
    }

    boolean halted() {
        return stopsConfirmed.get() >= stopsSent.get();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void loop() {
        var next = ticker.nanoTime();
        try {
            while (!closed) {
                if (motion.get() == null && stopsConfirmed.get() >= stopsArrived.get()) {
                    LockSupport.park(this);
                    next = ticker.nanoTime();
                    continue;
                }
                tick();
                next = Math.max(next, ticker.nanoTime() - Segment.TICK.toNanos()) + Segment.TICK.toNanos();
                ticker.sleepUntil(next);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            closed = true;
            var last = motion.get();
            if (last != null) {
                end(last, new Motion.End.Cut());
            }
        }
    }

    private void tick() {
        var stops = stopsArrived.get();
        var current = motion.get();
        if (current != null) {
            var end = reasonToEnd(current, stops);
            if (end.isPresent()) {
                end(current, end.get());
            } else {
                advance(current);
            }
        }
        confirm(stops);
    }

    private Optional<Motion.End> reasonToEnd(Motion current, long stops) {
        if (current.mustStop(stops)) {
            return Optional.of(new Motion.End.Cut());
        }
        if (faults.hardwareEstopPressed()) {
            return Optional.of(new Motion.End.Pressed());
        }
        if (faults.busIsBroken()) {
            return Optional.of(new Motion.End.Broken("bus_error"));
        }
        return faults.lostEncoder().map(joint -> new Motion.End.Broken("lost_encoder"));
    }

    private void advance(Motion current) {
        var segment = current.segment();
        var tick = current.nextTick();
        world = world.moved(segment.pose(tick), segment.grip(tick), TICK_SECONDS);
        if (tick < segment.ticks()) {
            return;
        }
        world = effect(segment.effect());
        if (current.endPhase(world)) {
            end(current, new Motion.End.Finished(world));
        }
    }

    private World effect(Segment.Effect effect) {
        var tip = kinematics.tip(world.pose());
        return switch (effect) {
            case NONE -> world;
            case GRASP ->
                world.holding(world.scene().graspable(tip, ArmPlanner.GRASP_MM).map(SceneObject::id), world.scene());
            case RELEASE -> world.letGo(held -> tip);
            case DROP -> world.letGo(held -> tip.plus(0, 0, world.scene().tableMm() + held.sizeMm() / 2 - tip.z()));
        };
    }

    private void end(Motion current, Motion.End end) {
        world = world.atRest();
        motion.compareAndSet(current, null);
        current.end(end);
    }

    /** Confirms stops once nothing moves; the delay of a slow robot counts from the first stop, not from its repetitions. */
    private void confirm(long stops) {
        if (motion.get() != null || stops <= stopsConfirmed.get()) {
            return;
        }
        if (!unconfirmed) {
            unconfirmed = true;
            unconfirmedSince = ticker.nanoTime();
        }
        if (faults.acknowledges()
                && ticker.nanoTime() - unconfirmedSince
                        >= faults.acknowledgeDelay().toNanos()) {
            unconfirmed = false;
            stopsConfirmed.set(stops);
        }
    }
}
