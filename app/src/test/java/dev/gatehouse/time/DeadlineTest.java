package dev.gatehouse.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void comesNearerAndPasses() {
        var deadline = Deadline.in(Duration.ofSeconds(10), ticker);
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(10));

        ticker.advance(Duration.ofSeconds(9));
        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(1));

        ticker.advance(Duration.ofSeconds(1));
        assertThat(deadline.passed()).isTrue();

        ticker.advance(Duration.ofDays(1));
        assertThat(deadline.left()).isZero();
    }

    @Test
    void theEarlierOfTwo() {
        var deadline = Deadline.in(Duration.ofSeconds(10), ticker);

        assertThat(deadline.atMost(Duration.ofSeconds(20))).isEqualTo(deadline);
        assertThat(deadline.atMost(Duration.ofSeconds(5)).left()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void holdsWhereTheClockOverflows() {
        ticker.advance(Duration.ofNanos(Long.MAX_VALUE - 5));
        var deadline = Deadline.in(Duration.ofNanos(10), ticker);

        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.left()).isEqualTo(Duration.ofNanos(10));
        ticker.advance(Duration.ofNanos(10));
        assertThat(deadline.passed()).isTrue();
    }
}
