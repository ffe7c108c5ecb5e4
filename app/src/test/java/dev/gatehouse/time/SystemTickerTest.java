package dev.gatehouse.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemTickerTest {
    private final Ticker ticker = Ticker.system();

    @Test
    void waitsAtLeastAsLongAsAsked() throws Exception {
        var until = ticker.nanoTime() + Duration.ofMillis(5).toNanos();

        ticker.sleepUntil(until);

        assertThat(ticker.nanoTime() - until).isNotNegative();
    }

    @Test
    void doesNotWaitForThePast() throws Exception {
        ticker.sleepUntil(ticker.nanoTime() - 1);
    }

    @Test
    void anInterruptEndsTheWaitEvenIfItCameBefore() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ticker.sleep(Duration.ofDays(1))).isInstanceOf(InterruptedException.class);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ticker.sleepUntil(ticker.nanoTime() - 1)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
