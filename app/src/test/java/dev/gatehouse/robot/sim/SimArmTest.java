package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
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
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimArmTest {
    private static final Duration TICK = Duration.ofMillis(10);

    @TempDir
    private Path directory;

    private final SimFaults faults = new SimFaults();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeThreads() throws Exception {
        faults.heal();
        for (var closeable : opened.reversed()) {
            closeable.close();
        }
    }

    private SimArm arm(Ticker ticker) {
        var arm = SimArm.start(Bench.ARM, Bench.scene(), faults, ticker, Clock.systemUTC());
        opened.add(arm);
        return arm;
    }

    /** An interlock that stops nothing itself, so that a test sees what the permit alone does. */
    private Interlock interlock() {
        var interlock = Interlock.open(
                LatchStore.file(directory.resolve("estop.json")),
                StopChannel.none(),
                Ticker.system(),
                Clock.systemUTC(),
                new Ids(),
                StopSettings.standard());
        opened.add(interlock);
        return interlock;
    }

    private static Permit permit(Interlock interlock) {
        return ((Admission.Admitted) interlock.admit()).permit();
    }

    private Outcome run(SimArm arm, Command command) throws InterruptedException {
        return arm.execute(command, permit(interlock()), Progress.none());
    }

    private static CompletableFuture<Outcome> start(SimArm arm, Command command, Permit permit) {
        return OnThread.call(() -> arm.execute(command, permit, Progress.none()));
    }

    /** Lets the control loop do one tick and go back to sleep. */
    private static void tick(ManualTicker ticker) throws Exception {
        ticker.awaitSleepers(1);
        ticker.advance(TICK);
        ticker.awaitSleepers(1);
    }

    private static List<Double> positions(SimArm arm) {
        return arm.state().joints().stream()
                .map(j -> j.positionDeg().orElseThrow())
                .toList();
    }

    private static Point where(SimArm arm, String id) {
        return arm.scene().detections().stream()
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseThrow()
                .position();
    }

    @Test
    void picksPlacesAndGoesHome() throws Exception {
        var arm = arm(new InstantTicker());
        var phases = new ArrayList<String>();
        var pick = arm.execute(
                Bench.command("arm.pick", "red_cube"),
                permit(interlock()),
                (done, total, message) -> phases.add(done + "/" + total + " " + message));

        assertThat(pick.status()).isEqualTo(Outcome.Status.OK);
        assertThat(phases).containsExactly("0/4 approach", "1/4 descend", "2/4 grasp", "3/4 lift", "4/4 done");
        assertThat(pick.trajectory()).hasSize(4);
        assertThat(arm.state().holding()).contains("red_cube");
        assertThat(where(arm, "red_cube").z()).isGreaterThan(70);

        assertThat(run(arm, Bench.command("arm.place", "green_bin")).status()).isEqualTo(Outcome.Status.OK);
        assertThat(arm.state().holding()).isEmpty();
        assertThat(where(arm, "red_cube").to(new Point(140, 120, 35))).isLessThan(0.01);

        assertThat(run(arm, Bench.command("arm.home")).status()).isEqualTo(Outcome.Status.OK);
        assertThat(positions(arm)).containsExactly(0.0, 100.0, -100.0, -90.0, 0.0);
    }

    @Test
    void aDryRunMovesNothing() throws Exception {
        var arm = arm(new InstantTicker());
        var before = positions(arm);
        var command = Bench.command("arm.pick", "red_cube");
        var outcome = run(arm, new Command("req", command.capability(), command.args(), command.envelope(), true));
        assertThat(outcome.status()).isEqualTo(Outcome.Status.OK);
        assertThat(outcome.trajectory()).hasSize(4);
        assertThat(positions(arm)).isEqualTo(before);
    }

    @Test
    void refusalsHaveTheStatusThatBelongsToThem() throws Exception {
        var arm = arm(new InstantTicker());
        assertThat(run(arm, Bench.command("arm.pick", "ghost")).status()).isEqualTo(Outcome.Status.NO_TARGET);
        assertThat(run(arm, Bench.command("arm.pick", "blue_cube")).reason()).contains("limit_exceeded");
        assertThat(run(arm, Bench.reach(300, 200, 10)).status()).isEqualTo(Outcome.Status.UNREACHABLE);
    }

    @Test
    void aThingThatIsLetGoFallsToTheTable() throws Exception {
        var arm = arm(new InstantTicker());
        run(arm, Bench.command("arm.pick", "red_cube"));
        run(arm, Bench.command("gripper.open"));
        assertThat(where(arm, "red_cube").z()).isEqualTo(15);
    }

    @Test
    void theGripperClosesOnWhatIsBetweenItsFingers() throws Exception {
        var arm = arm(new InstantTicker());
        run(arm, Bench.reach(180, -60, 15));
        run(arm, Bench.command("gripper.close"));
        assertThat(arm.state().holding()).contains("red_cube");
        run(arm, Bench.command("gripper.open"));
        run(arm, Bench.reach(190, 30, 60));
        run(arm, Bench.reach(190, 30, 15));
        assertThat(run(arm, Bench.command("gripper.close")).reason()).contains("limit_exceeded");
    }

    @Test
    @DisplayName("T14.1: halt stops the motion within one control tick, with torque on")
    void haltWithinOneTick() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var motion = start(arm, Bench.command("arm.pick", "red_cube"), permit(interlock()));
        for (var i = 0; i < 20; i++) {
            tick(ticker);
        }
        var moving = arm.state();
        assertThat(moving.moving()).isTrue();
        assertThat(moving.joints().getFirst().velocityDps()).isNotZero();
        var before = positions(arm);

        arm.halt();
        assertThat(arm.halted()).isFalse();
        ticker.advance(TICK);

        var outcome = motion.get(30, TimeUnit.SECONDS);
        assertThat(outcome.status()).isEqualTo(Outcome.Status.BLOCKED);
        assertThat(outcome.reason()).contains("stopped");
        assertThat(positions(arm)).isEqualTo(before);
        await().until(arm::halted);
        assertThat(arm.state().joints()).allSatisfy(joint -> {
            assertThat(joint.torqueOn()).isTrue();
            assertThat(joint.velocityDps()).isZero();
        });
    }

    @Test
    @DisplayName("D6.4: a permit that ends stops the motion within one tick even if no halt arrives")
    void deadPermitStopsTheMotion() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var interlock = interlock();
        var motion = start(arm, Bench.command("arm.home"), permit(interlock));
        var reach = start(arm, Bench.reach(200, 100, 60), permit(interlock));
        assertThat(motion).isNotNull();
        ticker.awaitSleepers(1);
        interlock.stop("anna", "smoke");
        ticker.advance(TICK);
        assertThat(Stream.of(motion, reach).map(CompletableFuture::join).map(Outcome::status))
                .doesNotContain(Outcome.Status.ERROR);
        assertThat(arm.state().moving()).isFalse();
    }

    @Test
    void aDeadPermitMovesNothing() throws Exception {
        var arm = arm(new InstantTicker());
        var interlock = interlock();
        var permit = permit(interlock);
        interlock.protectiveStop("cancel");
        var before = positions(arm);
        assertThat(arm.execute(Bench.reach(200, 100, 60), permit, Progress.none())
                        .reason())
                .contains("stopped");
        assertThat(positions(arm)).isEqualTo(before);
    }

    @Test
    void haltAtRestIsConfirmedAndHarmless() throws Exception {
        var arm = arm(new InstantTicker());
        arm.halt();
        await().until(arm::halted);
        assertThat(run(arm, Bench.command("arm.pick", "red_cube")).status()).isEqualTo(Outcome.Status.OK);
    }

    @Test
    @DisplayName("T17.1: a second motion at the same time is busy")
    void busy() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var interlock = interlock();
        var motion = start(arm, Bench.reach(200, 100, 60), permit(interlock));
        ticker.awaitSleepers(1);
        assertThat(arm.execute(Bench.command("arm.home"), permit(interlock), Progress.none())
                        .reason())
                .contains("busy");
        arm.halt();
        ticker.advance(TICK);
        motion.get(30, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptCutsTheMotion() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var permit = permit(interlock());
        var ended = new CountDownLatch(1);
        var thread = Thread.ofPlatform().start(() -> {
            try {
                arm.execute(Bench.reach(200, 100, 60), permit, Progress.none());
            } catch (InterruptedException e) {
                ended.countDown();
            }
        });
        ticker.awaitSleepers(1);
        thread.interrupt();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            ticker.advance(TICK);
            return ended.getCount() == 0;
        });
        assertThat(arm.state().moving()).isFalse();
    }

    @Test
    void aListenerThatThrowsCutsTheMotion() {
        var arm = arm(new InstantTicker());
        var permit = permit(interlock());
        assertThatThrownBy(() -> arm.execute(Bench.command("arm.pick", "red_cube"), permit, (done, total, message) -> {
                    throw new IllegalStateException("listener");
                }))
                .hasMessage("listener");
        assertThat(arm.state().moving()).isFalse();
    }

    @Test
    void closingEndsAMotion() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var motion = start(arm, Bench.reach(200, 100, 60), permit(interlock()));
        ticker.awaitSleepers(1);
        arm.close();
        assertThat(motion.get(30, TimeUnit.SECONDS).reason()).contains("stopped");
        assertThat(run(arm, Bench.command("arm.home")).reason()).contains("busy");
    }

    @Test
    void faultBusError() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var motion = start(arm, Bench.reach(200, 100, 60), permit(interlock()));
        tick(ticker);
        var before = positions(arm);
        faults.busError();
        ticker.advance(TICK);
        var outcome = motion.get(30, TimeUnit.SECONDS);
        assertThat(outcome.status()).isEqualTo(Outcome.Status.ERROR);
        assertThat(outcome.reason()).contains("bus_error");
        assertThat(outcome.fault()).isTrue();
        assertThat(positions(arm)).isEqualTo(before);
        assertThat(arm.state().faults()).containsExactly("bus_error");
    }

    @Test
    void faultLostEncoder() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var motion = start(arm, Bench.reach(200, 100, 60), permit(interlock()));
        tick(ticker);
        faults.loseEncoder("elbow");
        ticker.advance(TICK);
        var outcome = motion.get(30, TimeUnit.SECONDS);
        assertThat(outcome.reason()).contains("lost_encoder");
        assertThat(outcome.fault()).isTrue();
        assertThat(run(arm, Bench.command("arm.home")).reason()).contains("no_position_read");
        assertThat(arm.state().json().toString()).contains("\"name\":\"elbow\",\"position_deg\":null");
    }

    @Test
    void faultNoAcknowledgement() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        faults.neverAcknowledge();
        arm.halt();
        for (var i = 0; i < 100; i++) {
            tick(ticker);
        }
        assertThat(arm.halted()).isFalse();
        faults.heal();
        ticker.advance(TICK);
        await().until(arm::halted);
    }

    @Test
    void faultLateAcknowledgement() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        faults.acknowledgeAfter(Duration.ofMillis(300));
        arm.halt();
        for (var i = 0; i < 28; i++) {
            tick(ticker);
            arm.halt();
        }
        assertThat(arm.halted()).isFalse();
        await().pollInterval(Duration.ofMillis(2)).until(() -> {
            ticker.advance(TICK);
            return arm.halted();
        });
        assertThat(ticker.nanoTime()).isLessThan(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void faultDroppedStops() {
        var arm = arm(new InstantTicker());
        faults.dropStops(2);
        arm.halt();
        arm.halt();
        assertThat(arm.halted()).isFalse();
        arm.halt();
        await().until(arm::halted);
    }

    @Test
    void faultHaltThatHangs() {
        var arm = arm(new InstantTicker());
        faults.blockHalts(1);
        var hung = OnThread.call(() -> {
            arm.halt();
            return true;
        });
        await().until(() -> !arm.halted());
        arm.halt();
        await().until(arm::halted);
        assertThat(hung).isNotDone();
        faults.heal();
        hung.join();
    }

    @Test
    void theRedButton() throws Exception {
        var ticker = new ManualTicker();
        var arm = arm(ticker);
        var motion = start(arm, Bench.reach(200, 100, 60), permit(interlock()));
        ticker.awaitSleepers(1);
        faults.hardwareEstop(true);
        ticker.advance(TICK);
        assertThat(motion.get(30, TimeUnit.SECONDS).reason()).contains("hardware_estop");
        assertThat(run(arm, Bench.command("arm.home")).status()).isEqualTo(Outcome.Status.BLOCKED);
        assertThat(arm.release()).isEqualTo(Optional.of("hardware_estop"));
        assertThat(arm.state().hardwareEstop()).isTrue();
    }

    @Test
    void observationsWorkWithoutAPermit() {
        var arm = arm(new InstantTicker());
        assertThat(arm.observe(Bench.command("status.report"))
                        .events()
                        .getFirst()
                        .toString())
                .contains("\"gripper_opening\":1");
        assertThat(arm.observe(Bench.command("vision.describe"))
                        .events()
                        .getFirst()
                        .toString())
                .contains("red_cube", "\"frame\":\"bench\"");
        faults.loseFrames();
        assertThat(arm.observe(Bench.command("vision.describe")).reason()).contains("no_frame");
    }

    @Test
    @DisplayName("robot-md 10.14: every capability has a closed schema of 2020-12")
    void schemas() {
        for (var capability : arm(new InstantTicker()).capabilities()) {
            var schema = capability.argumentSchema();
            assertThat(schema.get("$schema").stringValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
            assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
            assertThat(capability.observing())
                    .isEqualTo(capability.name().startsWith("vision.")
                            || capability.name().startsWith("status."));
            assertThat(Json.line(schema)).isNotEmpty();
        }
    }
}
