package dev.gatehouse.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.time.TimeLimit.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeLimitTest {
    private final ManualTicker ticker = new ManualTicker();
    private final TimeLimit limit = new TimeLimit(ticker, Duration.ofSeconds(2));
    private final List<String> log = new CopyOnWriteArrayList<>();

    private Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), ticker);
    }

    /** Runs work with a limit of one second on a thread of its own, because the common pool may be busy with other tests. */
    private CompletableFuture<Result<String>> started(Callable<String> work) {
        var result = new CompletableFuture<Result<String>>();
        Thread.ofVirtual().start(() -> result.complete(limit.run(work, in(1), () -> log.add("cut"))));
        return result;
    }

    @Test
    void workThatEndsIsDone() {
        assertThat(limit.run(() -> "fine", in(1), () -> log.add("cut"))).isEqualTo(new Result.Done<>("fine"));
        assertThat(log).isEmpty();
    }

    @Test
    void workThatThrowsHasFailed() {
        var cause = new IOException("no");

        assertThat(limit.run(
                        () -> {
                            throw cause;
                        },
                        in(1),
                        () -> log.add("cut")))
                .isEqualTo(new Result.Failed<>(cause));
        assertThat(log).isEmpty();
    }

    @Test
    void workThatTakesTooLongIsToldAndThenInterrupted() throws Exception {
        var never = new CountDownLatch(1);
        var result = started(() -> {
            try {
                never.await();
                return "never";
            } catch (InterruptedException e) {
                log.add("interrupted");
                throw e;
            }
        });
        ticker.awaitSleepers(1);

        ticker.advance(Duration.ofSeconds(1));

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Result.Cut<>(true));
        assertThat(log).containsExactly("cut", "interrupted");
    }

    @Test
    void workThatIgnoresItsInterruptIsLeftBehind() throws Exception {
        var hang = new CompletableFuture<String>();
        var result = started(hang::join);
        ticker.awaitSleepers(1);

        ticker.advance(Duration.ofSeconds(1));
        ticker.awaitSleepers(1);
        ticker.advance(Duration.ofSeconds(2));

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Result.Cut<>(false));
        hang.complete("late");
    }

    @Test
    void anInterruptOfTheCallerCutsTheWorkAndStays() {
        var never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        var result = limit.run(
                () -> {
                    never.await();
                    return "never";
                },
                in(1),
                () -> log.add("cut"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isEqualTo(new Result.Cut<>(true));
        assertThat(log).containsExactly("cut");
    }
}
