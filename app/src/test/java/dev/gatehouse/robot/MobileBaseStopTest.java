package dev.gatehouse.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.id.Ids;
import dev.gatehouse.time.Ticker;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The stop of a base on wheels: a velocity of zero, sent until the base says that it stands (threats.md T16.10). */
class MobileBaseStopTest {
    /** A base whose radio loses the first commands. It rolls on until it hears one, and says what it heard. */
    private static final class Base implements StopChannel {
        private static final int LOST = 3;

        private final List<Double> sent = new CopyOnWriteArrayList<>();
        private volatile double velocity = 0.5;

        @Override
        public void halt() {
            sent.add(0.0);
            if (sent.size() > LOST) {
                velocity = 0;
            }
        }

        @Override
        public boolean halted() {
            return velocity == 0;
        }

        @Override
        public Optional<String> release() {
            return Optional.empty();
        }
    }

    @Test
    @DisplayName("T16.10: zero velocity is sent again until it is acknowledged, and no longer; nothing is latched")
    void untilAcknowledged() {
        var base = new Base();
        var store = new FakeStore(new CopyOnWriteArrayList<>());
        try (var interlock =
                Interlock.open(store, base, Ticker.system(), Clock.systemUTC(), new Ids(), StopSettings::standard)) {
            var report = interlock.protectiveStop("the caller is gone");

            assertThat(report.stop().acked()).isTrue();
            assertThat(base.velocity).isZero();
            assertThat(base.sent).hasSize(Base.LOST + 1);
            assertThat(interlock.state().latched()).isFalse();
        }
    }
}
