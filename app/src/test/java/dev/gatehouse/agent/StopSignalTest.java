package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class StopSignalTest {
    private final StopSignal signal = new StopSignal();
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void theFirstCauseStays() {
        assertThat(signal.stopped()).isFalse();
        assertThat(signal.stop("canceled")).isTrue();
        assertThat(signal.stop("estop")).isFalse();

        assertThat(signal.cause()).contains("canceled");
    }

    @Test
    void whatIsRegisteredRunsOnce() {
        signal.onStop(ran::incrementAndGet);
        signal.stop("a");
        signal.stop("b");

        assertThat(ran).hasValue(1);
    }

    @Test
    void whatIsRegisteredLateRunsAtOnce() {
        signal.stop("a");
        signal.onStop(ran::incrementAndGet);

        assertThat(ran).hasValue(1);
    }

    @Test
    void whatWasTakenBackDoesNotRun() {
        Runnable action = ran::incrementAndGet;
        var first = signal.onStop(action);
        signal.onStop(action);
        first.close();
        signal.stop("a");
        first.close();

        assertThat(ran).hasValue(1);
    }
}
