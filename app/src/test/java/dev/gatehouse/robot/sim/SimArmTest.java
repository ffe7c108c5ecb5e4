package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Point;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimArmTest extends ArmRig {
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
