package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SpeedProfileTest {
    @Property(tries = 300)
    void neverFasterThanAllowedNeverBackAndAlwaysThere(
            @ForAll @DoubleRange(min = 0.01, max = 340) double turn,
            @ForAll @DoubleRange(min = 1, max = 360) double speed) {
        var profile = new SpeedProfile(turn, speed);
        var step = profile.duration() / 200;
        var before = 0.0;
        for (var i = 1; i <= 200; i++) {
            var now = profile.share(i * step) * turn;
            assertThat(now).isGreaterThanOrEqualTo(before - 1e-9);
            assertThat((now - before) / step).isLessThanOrEqualTo(speed * (1 + 1e-6));
            before = now;
        }
        assertThat(before).isCloseTo(turn, within(1e-6));
    }
}
