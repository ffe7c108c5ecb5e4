package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The count of failures for each source (threats.md T7.3, T12.3). */
class FailureThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final FailureThrottle throttle = new FailureThrottle(
            new Ticker() {
                @Override
                public long nanoTime() {
                    return now.get();
                }

                @Override
                public void sleepUntil(long nanoTime) {
                    now.set(nanoTime);
                }
            },
            10);

    private void fail(String source, int times) {
        for (var i = 0; i < times; i++) {
            throttle.failed(source);
        }
    }

    @Test
    @DisplayName("T7.3: ten failures a minute are let pass, the eleventh closes the door for this source only")
    void tenAMinute() {
        fail("a", 10);
        assertThat(throttle.closed("a")).isFalse();

        fail("a", 1);
        assertThat(throttle.closed("a")).isTrue();
        assertThat(throttle.closed("b")).isFalse();
    }

    @Test
    void afterAMinuteItIsForgotten() {
        fail("a", 11);
        now.addAndGet(Duration.ofSeconds(61).toNanos());

        assertThat(throttle.closed("a")).isFalse();
        fail("a", 1);
        assertThat(throttle.closed("a")).isFalse();
    }

    @Test
    @DisplayName("T12.3: a flood of sources does not grow the memory; the oldest is forgotten")
    void manySources() {
        fail("first", 11);
        for (var i = 0; i < 10_000; i++) {
            throttle.failed("source " + i);
        }

        assertThat(throttle.closed("first")).isFalse();
    }
}
