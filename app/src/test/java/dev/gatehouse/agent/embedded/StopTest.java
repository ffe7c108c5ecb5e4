package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineOutcome.Stopped;
import dev.gatehouse.agent.ToolAnswer;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(60)
@DisplayName("A stop from outside (E2.5)")
class StopTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final EngineFixture fixture = new EngineFixture(endpoint.url());
    private final CountDownLatch never = new CountDownLatch(1);

    StopTest() throws IOException {}

    @AfterEach
    void close() {
        never.countDown();
        fixture.close();
        endpoint.close();
    }

    @Test
    void beforeTheFirstCallNothingIsSent() throws Exception {
        fixture.stop.stop("canceled");

        assertThat(fixture.run()).isEqualTo(new Stopped("canceled"));
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void whileWaitingForTheFirstByteTheRunEnds() throws Exception {
        endpoint.then(exchange -> ScriptedEndpoint.await(never));
        var outcome = inBackground();
        await().until(() -> endpoint.requests().size() == 1);

        fixture.stop.stop("estop");

        assertThat(outcome.get()).isEqualTo(new Stopped("estop"));
        assertThat(fixture.account.spent().micros()).isGreaterThan(8_192 * 5);
    }

    @Test
    void whileStreamingTheConnectionIsClosedAndNothingRunsOrIsSaid() throws Exception {
        fixture.deltas = true;
        var gone = new CountDownLatch(1);
        endpoint.then(exchange -> {
            ScriptedEndpoint.open(exchange);
            ScriptedEndpoint.write(exchange, Sse.start() + Sse.text(0, "half"));
            try {
                while (true) {
                    ScriptedEndpoint.write(exchange, Sse.event("ping", "{\"type\":\"ping\"}"));
                }
            } catch (IOException e) {
                gone.countDown();
            }
        });
        var outcome = inBackground();
        await().until(() -> fixture.sink.deltas().equals("half"));

        fixture.stop.stop("canceled");

        assertThat(outcome.get()).isEqualTo(new Stopped("canceled"));
        gone.await();
        assertThat(fixture.sink.texts()).isEmpty();
    }

    @Test
    void duringAToolCallTheRestOfTheResponseDoesNotRunExceptAStop() throws Exception {
        endpoint.thenStream(Sse.calls(
                "toolu_1",
                RecordingTools.MOVE,
                "{}",
                "toolu_2",
                RecordingTools.MOVE,
                "{}",
                "toolu_3",
                RecordingTools.ESTOP,
                "{}"));
        fixture.tools = new RecordingTools(call -> {
            fixture.stop.stop("canceled");
            return ToolAnswer.ok("stopped");
        });

        assertThat(fixture.run()).isEqualTo(new Stopped("canceled"));

        assertThat(fixture.tools.ids()).containsExactly("toolu_1", "toolu_3");
        assertThat(endpoint.prompts()).hasSize(1);
    }

    @Test
    void duringTheWaitForAnotherAttemptTheRunEnds() throws Exception {
        endpoint.thenStatus(429, "retry-after", "30");
        try (var engine = new EmbeddedEngine(EngineSettings.embedded(endpoint.url()), Ticker.system(), new Random(1))) {
            var outcome = CompletableFuture.supplyAsync(() -> run(engine), Executors.newVirtualThreadPerTaskExecutor());
            await().until(() -> fixture.sink.toString().contains("Retry"));

            fixture.stop.stop("disconnect");

            assertThat(outcome.get()).isEqualTo(new Stopped("disconnect"));
        }
    }

    /** By a fraction of a millisecond the time of the call was over first, and then the model seemed to be to blame. */
    @RepeatedTest(20)
    void theDeadlineEndsACallThatHangs() throws Exception {
        fixture.deadline = Deadline.in(Duration.ofNanos(100_999_999), Ticker.system());
        endpoint.thenStreamAndWait(never, Sse.start());

        assertThat(fixture.run()).isEqualTo(new Stopped("deadline"));
    }

    @Test
    void anInterruptEndsTheRunAndItsReservation() throws Exception {
        endpoint.thenStreamAndWait(never, Sse.start());
        var thread = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            await().until(() -> endpoint.requests().size() == 1);
            thread.interrupt();
        });

        assertThatThrownBy(fixture::run).isInstanceOf(InterruptedException.class);
        assertThat(fixture.account.spent().micros()).isGreaterThan(8_192 * 5);
    }

    private CompletableFuture<EngineOutcome> inBackground() {
        return CompletableFuture.supplyAsync(() -> run(fixture.engine), Executors.newVirtualThreadPerTaskExecutor());
    }

    private EngineOutcome run(EmbeddedEngine engine) {
        try {
            return engine.run(fixture.session(fixture.tools)).outcome();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
