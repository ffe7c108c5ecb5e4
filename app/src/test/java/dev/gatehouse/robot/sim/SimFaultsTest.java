package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.robot.OnThread;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.time.ManualTicker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every fault that can be injected. */
class SimFaultsTest extends ArmRig {
    @Test
    void busError() throws Exception {
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
    void lostEncoder() throws Exception {
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
    void noAcknowledgement() throws Exception {
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
    void lateAcknowledgement() throws Exception {
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
    void droppedStops() {
        var arm = arm(new InstantTicker());
        faults.dropStops(2);
        arm.halt();
        arm.halt();
        assertThat(arm.halted()).isFalse();
        arm.halt();
        await().until(arm::halted);
    }

    @Test
    void haltThatHangs() {
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
}
