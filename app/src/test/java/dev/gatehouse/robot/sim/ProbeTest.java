package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Command;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.time.InstantTicker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which way the picture moves when a joint of the simulated arm turns (robot-md.md 10.12). */
class ProbeTest extends ArmRig {
    private static Command probe(String joint, double degrees) {
        return new Command(
                "req",
                Probe.CAPABILITY,
                Json.object().put("joint", joint).put("delta_deg", degrees),
                Bench.command("arm.home").envelope(),
                false);
    }

    private static double sideways(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.message()).isEqualTo(Outcome.Status.OK);
        return outcome.events().getFirst().path("data").path("px_shift").path(0).asDouble(0);
    }

    @Test
    @DisplayName(
            "10.12: the arm turns and comes back; turning left moves the tip left in the picture, and farther moves it farther")
    void movesAndReturns() throws Exception {
        var arm = arm(new InstantTicker());
        var before = positions(arm);
        var first = arm.scene().joints().getFirst().name();

        var left = run(arm, probe(first, 5));

        assertThat(left.trajectory()).as("there and back").hasSize(2);
        assertThat(positions(arm)).isEqualTo(before);
        assertThat(sideways(left)).isNegative();
        assertThat(sideways(run(arm, probe(first, -5)))).isPositive();
        assertThat(sideways(run(arm, probe(first, 10)))).isLessThan(sideways(left));
    }

    @Test
    @DisplayName("10.12: without a picture before, nothing moves; without a position to read, neither")
    void blind() throws Exception {
        var arm = arm(new InstantTicker());
        var first = arm.scene().joints().getFirst().name();
        faults.loseFrames();
        var blind = run(arm, probe(first, 5));
        assertThat(blind.reason()).contains("no_frame_before");
        assertThat(blind.trajectory()).isEmpty();
        assertThat(arm.frame()).isEmpty();

        faults.heal();
        faults.loseEncoder(first);
        assertThat(run(arm, probe(first, 5)).reason()).contains("no_position_read");
    }

    @Test
    @DisplayName("10.4: a probe keeps the limits of the joint and knows its joints")
    void limits() throws Exception {
        var arm = arm(new InstantTicker());

        assertThat(run(arm, probe("tail", 5)).reason()).contains("not_implemented");
        assertThat(run(arm, probe(arm.scene().joints().get(1).name(), 45)).reason())
                .isPresent();
    }
}
