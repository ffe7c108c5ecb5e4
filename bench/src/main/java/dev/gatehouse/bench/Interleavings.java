package dev.gatehouse.bench;

import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Envelope;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stop and a motion that start at the same moment, over and over, with delays that shift them against each other. */
final class Interleavings implements Measurement {
    private static final int STOPPER_STEPS = 97;
    private static final int MOVER_STEPS = 61;

    private final CyclicBarrier start = new CyclicBarrier(2);
    private final CyclicBarrier end = new CyclicBarrier(2);
    private final AtomicBoolean over = new AtomicBoolean();

    @Override
    public String name() {
        return "race";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var rounds = effort.of(10_000, 200);
        var driver = new WatchfulDriver();
        var interlock = Interlock.open(
                new MemoryLatchStore(), driver, Ticker.system(), Clock.systemUTC(), new Ids(), StopSettings::standard);
        driver.watch(interlock);
        try (var robot = Robot.with(driver, interlock)) {
            var stopper = Thread.ofPlatform().name("stopper").start(() -> stop(interlock, rounds));
            var late = 0;
            var cut = 0;
            for (var round = 0; round < rounds; round++) {
                if (!(interlock.admit() instanceof Admission.Admitted(var permit))) {
                    throw new IllegalStateException("latched before the round");
                }
                var command =
                        new Command("cal-" + round, WatchfulDriver.MOVE, Json.object(), Envelope.undeclared(), false);
                start.await();
                spin(round % MOVER_STEPS);
                var before = driver.begun();
                var latchedFirst = driver.latchedNow();
                var outcome = robot.run(command, permit, (done, total, message) -> {});
                var moved = driver.begun() > before;
                late += latchedFirst && moved ? 1 : 0;
                cut += moved && outcome.reason().isPresent() ? 1 : 0;
                end.await();
                open(interlock);
            }
            stopper.join();
            return List.of(row(rounds, driver, late, cut));
        } finally {
            over.set(true);
        }
    }

    private static Row row(int rounds, WatchfulDriver driver, int late, int cut) {
        var slipped = late + driver.slipped();
        return Row.judged(
                rounds + " stops against motions that start at the same moment",
                "none slips through after the latch",
                slipped + " slipped",
                driver.begun() + " motions began before their stop, " + cut + " of them were cut on the way; "
                        + (rounds - driver.begun()) + " never began",
                slipped == 0);
    }

    private void stop(Interlock interlock, int rounds) {
        try {
            for (var round = 0; round < rounds && !over.get(); round++) {
                start.await();
                spin(round % STOPPER_STEPS);
                interlock.stop("measure", "race");
                end.await();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void open(Interlock interlock) {
        var latch = interlock.state().latch().orElseThrow();
        if (!(interlock.clear(latch.latchId(), "measure", "next round", true, () -> {})
                instanceof ClearOutcome.Cleared)) {
            throw new IllegalStateException("the latch does not open");
        }
    }

    private static void spin(int steps) {
        for (var i = 0; i < steps * 4; i++) {
            Thread.onSpinWait();
        }
    }
}
