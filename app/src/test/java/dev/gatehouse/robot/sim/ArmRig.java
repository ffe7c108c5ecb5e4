package dev.gatehouse.robot.sim;

import dev.gatehouse.id.Ids;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.OnThread;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Permit;
import dev.gatehouse.robot.Point;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An arm on a bench that a test can drive, stop and break. */
@Timeout(60)
abstract class ArmRig {
    static final Duration TICK = Duration.ofMillis(10);

    @TempDir
    private Path directory;

    final SimFaults faults = new SimFaults();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeThreads() throws Exception {
        faults.heal();
        for (var closeable : opened.reversed()) {
            closeable.close();
        }
    }

    SimArm arm(Ticker ticker) {
        var arm = SimArm.start(Bench.ARM, Bench.scene(), faults, ticker, Clock.systemUTC());
        opened.add(arm);
        return arm;
    }

    /** An interlock that stops nothing itself, so that a test sees what the permit alone does. */
    Interlock interlock() {
        var interlock = Interlock.open(
                LatchStore.file(directory.resolve("estop.json")),
                StopChannel.none(),
                Ticker.system(),
                Clock.systemUTC(),
                new Ids(),
                StopSettings::standard);
        opened.add(interlock);
        return interlock;
    }

    static Permit permit(Interlock interlock) {
        return ((Admission.Admitted) interlock.admit()).permit();
    }

    Outcome run(SimArm arm, Command command) throws InterruptedException {
        return arm.execute(command, permit(interlock()), Progress.none());
    }

    static CompletableFuture<Outcome> start(SimArm arm, Command command, Permit permit) {
        return OnThread.call(() -> arm.execute(command, permit, Progress.none()));
    }

    /** Lets the control loop do one tick and go back to sleep. */
    static void tick(ManualTicker ticker) throws Exception {
        ticker.awaitSleepers(1);
        ticker.advance(TICK);
        ticker.awaitSleepers(1);
    }

    static List<Double> positions(SimArm arm) {
        return arm.state().joints().stream()
                .map(j -> j.positionDeg().orElseThrow())
                .toList();
    }

    static Point where(SimArm arm, String id) {
        return arm.scene().detections().stream()
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseThrow()
                .position();
    }
}
