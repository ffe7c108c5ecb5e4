package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.sim.Bench;
import dev.gatehouse.robot.sim.SimArm;
import dev.gatehouse.robot.sim.SimFaults;
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RobotTest {
    private final SimFaults faults = new SimFaults();
    private final FakeStore store = new FakeStore(new ArrayList<>());
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeThreads() throws Exception {
        faults.heal();
        for (var closeable : opened) {
            closeable.close();
        }
    }

    private Robot robot(Ticker armTicker) {
        var arm = SimArm.start(Bench.ARM, Bench.scene(), faults, armTicker, Clock.systemUTC());
        return robot(arm);
    }

    private Robot robot(Driver driver) {
        var robot = Robot.with(driver, interlock(driver));
        opened.add(robot);
        return robot;
    }

    private Interlock interlock(StopChannel channel) {
        return Interlock.open(store, channel, Ticker.system(), Clock.systemUTC(), new Ids(), StopSettings::standard);
    }

    private static Permit permit(Robot robot) {
        return ((Admission.Admitted) robot.interlock().admit()).permit();
    }

    private static Outcome run(Robot robot, Command command) throws InterruptedException {
        return robot.run(command, permit(robot), Progress.none());
    }

    private static CompletableFuture<Outcome> start(Robot robot, Command command) {
        var permit = permit(robot);
        return OnThread.call(() -> robot.run(command, permit, Progress.none()));
    }

    private static Command with(Envelope envelope) {
        return new Command(
                "req-1", "arm.pick", Bench.command("arm.pick", "red_cube").args(), envelope, false);
    }

    @Test
    void aWholeErrand() throws Exception {
        var robot = robot(new InstantTicker());
        assertThat(run(robot, Bench.command("arm.pick", "red_cube")).status()).isEqualTo(Outcome.Status.OK);
        assertThat(run(robot, Bench.command("arm.place", "green_bin")).status()).isEqualTo(Outcome.Status.OK);
        assertThat(robot.lock().holder()).isEmpty();
        assertThat(robot.describe().get("driver").stringValue()).isEqualTo("sim-arm");
    }

    @Test
    void withoutADriver() throws Exception {
        var robot = Robot.without(interlock(StopChannel.none()));
        opened.add(robot);
        assertThat(run(robot, Bench.command("arm.home")).reason()).contains("no_backend");
        assertThat(robot.observe(Bench.command("status.report")).reason()).contains("no_backend");
        assertThat(robot.interlock().stop("anna", "smoke").stop().acked()).isTrue();
    }

    @Test
    void notImplementedAndNotReadOnly() throws Exception {
        var robot = robot(new InstantTicker());
        assertThat(run(robot, Bench.command("arm.dance")).reason()).contains("not_implemented");
        assertThat(robot.observe(Bench.command("arm.home")).reason()).contains("not_read_only");
        assertThat(robot.observe(Bench.command("status.report")).status()).isEqualTo(Outcome.Status.OK);
    }

    @Test
    @DisplayName("robot-md 10.4: a needed limit that is missing refuses, a tool speed may be missing")
    void limitMissing() throws Exception {
        var robot = robot(new InstantTicker());
        var full = Bench.envelope();
        var noPayload = new Envelope(
                full.maxJointVelocityDps(),
                full.maxLinearVelocityMs(),
                full.maxToolVelocityMs(),
                OptionalDouble.empty(),
                full.workspaceMm(),
                full.jointLimitsDeg());
        var noToolSpeed = new Envelope(
                full.maxJointVelocityDps(),
                full.maxLinearVelocityMs(),
                OptionalDouble.empty(),
                full.payloadKg(),
                full.workspaceMm(),
                full.jointLimitsDeg());
        assertThat(run(robot, with(noPayload)).reason()).contains("limit_missing");
        assertThat(robot.check(with(Envelope.undeclared())))
                .isInstanceOfSatisfying(
                        Plan.Infeasible.class, p -> assertThat(p.reason()).isEqualTo("limit_missing"));
        assertThat(run(robot, with(noToolSpeed)).status()).isEqualTo(Outcome.Status.OK);
    }

    @Test
    @DisplayName("robot-md 10.6: an estop during the motion ends it blocked/estop, never ok")
    void estopDuringMotion() throws Exception {
        var ticker = new ManualTicker();
        var robot = robot(ticker);
        var motion = start(robot, Bench.command("arm.pick", "red_cube"));
        ticker.awaitSleepers(1);
        var stop = OnThread.call(() -> robot.interlock().stop("anna", "smoke"));
        pumpUntilDone(ticker, stop, motion);
        assertThat(motion.join().status()).isEqualTo(Outcome.Status.BLOCKED);
        assertThat(motion.join().reason()).contains("estop");
        assertThat(robot.driver().orElseThrow().state().joints()).allMatch(JointState::torqueOn);
    }

    @Test
    @DisplayName("T16.5: a protective stop during the motion ends it blocked/stopped and does not latch")
    void protectiveStopDuringMotion() throws Exception {
        var ticker = new ManualTicker();
        var robot = robot(ticker);
        var motion = start(robot, Bench.command("arm.pick", "red_cube"));
        ticker.awaitSleepers(1);
        var stop = OnThread.call(() -> robot.interlock().protectiveStop("cancel"));
        pumpUntilDone(ticker, stop, motion);
        assertThat(motion.join().reason()).contains("stopped");
        assertThat(robot.interlock().state().latched()).isFalse();
    }

    @Test
    @DisplayName("D6.4: a permit from before the stop is refused at the hand-over")
    void stopBetweenAdmissionAndHandOver() throws Exception {
        var robot = robot(new InstantTicker());
        var permit = permit(robot);
        robot.interlock().stop("anna", "smoke");
        assertThat(robot.run(Bench.command("arm.home"), permit, Progress.none()).reason())
                .contains("estop_set");
    }

    @Test
    @DisplayName("robot-md 10.6: a fault of the hardware latches the stop")
    void faultLatches() throws Exception {
        var robot = robot(new InstantTicker());
        faults.busError();
        assertThat(run(robot, Bench.command("arm.home")).status()).isEqualTo(Outcome.Status.ERROR);
        assertThat(robot.interlock().state().latched()).isTrue();
    }

    @Test
    @DisplayName("T17.1: of many commands at once one moves and the others are busy; nobody waits")
    void oneMotionAtATime() throws Exception {
        var ticker = new ManualTicker();
        var robot = robot(ticker);
        var first = start(robot, Bench.reach(200, 100, 60));
        ticker.awaitSleepers(1);
        for (var i = 0; i < 100; i++) {
            var other = new Command(
                    "req-" + i, "arm.home", Bench.command("arm.home").args(), Bench.envelope(), false);
            assertThat(run(robot, other).reason()).contains("busy");
        }
        var stop = OnThread.call(() -> robot.interlock().protectiveStop("end"));
        pumpUntilDone(ticker, stop, first);
    }

    @Test
    void theHolderOfTheLockRunsUnderIt() throws Exception {
        var robot = robot(new InstantTicker());
        var command = Bench.command("arm.home");
        try (var _ = robot.lock().tryHold(command.requestId()).orElseThrow()) {
            assertThat(run(robot, command).status()).isEqualTo(Outcome.Status.OK);
            assertThat(robot.lock().tryHold("other")).isEmpty();
        }
        assertThat(robot.lock().tryHold("other")).isPresent();
    }

    @Test
    @DisplayName("T14.3: a motion that never returns blocks no stop")
    void executeNeverReturns() throws Exception {
        var deaf = new DeafDriver();
        var robot = robot(deaf);
        var motion = start(robot, Bench.command("arm.home"));
        await().until(() -> deaf.executing.getCount() == 0);
        var report =
                OnThread.call(() -> robot.interlock().stop("anna", "smoke")).get(30, TimeUnit.SECONDS);
        assertThat(report.stop().acked()).isTrue();
        assertThat(deaf.halts).hasValueGreaterThan(0);
        assertThat(motion).isNotDone();
        deaf.release.countDown();
        assertThat(motion.get(30, TimeUnit.SECONDS).reason()).contains("estop");
    }

    @Test
    void aDriverThatThrowsIsStopped() {
        var deaf = new DeafDriver();
        deaf.throwing = true;
        var robot = robot(deaf);
        assertThatThrownBy(() -> run(robot, Bench.command("arm.home"))).isInstanceOf(IllegalStateException.class);
        assertThat(robot.interlock().state().latched()).isTrue();
        assertThat(robot.lock().holder()).isEmpty();
    }

    @Test
    void aDriverThatClaimsAMovingCapabilityReadsOnlyIsOverruled() {
        assertThat(new Capability("arm.look", "", Json.object(), true, Set.of()).observing())
                .isFalse();
    }

    private static void pumpUntilDone(ManualTicker ticker, CompletableFuture<?>... all) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            ticker.advance(Duration.ofMillis(10));
            return CompletableFuture.allOf(all).isDone();
        });
    }

    /** A driver whose motion ignores every stop until the test lets it go. */
    private static final class DeafDriver implements Driver {
        final CountDownLatch executing = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicInteger halts = new AtomicInteger();
        volatile boolean throwing;

        @Override
        public DriverInfo info() {
            return new DriverInfo("deaf", List.of("deaf"), true, false, Set.of(Need.values()), Set.of(), true);
        }

        @Override
        public List<Capability> capabilities() {
            return List.of(new Capability("arm.home", "", Json.object(), false, Set.of()));
        }

        @Override
        public Plan plan(Command command) {
            return new Plan.Infeasible("dry_run_unsupported", "");
        }

        @Override
        public Outcome execute(Command command, Permit permit, Progress progress) throws InterruptedException {
            executing.countDown();
            if (throwing) {
                throw new IllegalStateException("driver bug");
            }
            release.await();
            return Outcome.error("late", "came back at last");
        }

        @Override
        public Outcome observe(Command command) {
            return Outcome.ok("");
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
        public void halt() {
            halts.incrementAndGet();
        }

        @Override
        public boolean halted() {
            return halts.get() > 0;
        }

        @Override
        public Optional<String> release() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
