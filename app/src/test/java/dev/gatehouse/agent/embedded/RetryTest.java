package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.EngineOutcome.BudgetExceeded;
import dev.gatehouse.agent.EngineOutcome.Completed;
import dev.gatehouse.agent.EngineOutcome.Failed;
import dev.gatehouse.agent.EngineOutcome.Stopped;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.RecordingSink;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@DisplayName("Failures, retries and what they cost (E2.7 to E2.10, E4.4)")
class RetryTest {
    private static final String ERROR_EVENT = Sse.event(
            "error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"BODY-CANARY\"}}");

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final EngineFixture fixture = new EngineFixture(endpoint.url());

    RetryTest() throws IOException {}

    @AfterEach
    void close() {
        fixture.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 503, 529})
    void aPassingRefusalIsTriedAgain(int status) throws Exception {
        endpoint.thenStatus(status).thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));

        assertThat(fixture.sink.all(RecordingSink.Retry.class)).singleElement().satisfies(retry -> {
            assertThat(retry.turn()).isEqualTo(1);
            assertThat(retry.attempt()).isEqualTo(1);
            assertThat(retry.status()).hasValue(status);
            assertThat(retry.code()).isEqualTo(FailureCode.MODEL_OVERLOADED);
        });
        assertThat(fixture.waits).hasSize(1);
        assertThat(fixture.account.spent().micros()).isEqualTo(10 + 42 * 5);
    }

    @Test
    void afterThreeAttemptsTheRunFails() throws Exception {
        endpoint.thenStatus(529).thenStatus(500).thenStatus(429).thenStream(Sse.done("too late"));

        var run = fixture.runIt();

        assertThat(run.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, f -> assertThat(f.code()).isEqualTo(FailureCode.MODEL_OVERLOADED));
        assertThat(run.turns()).isZero();
        assertThat(endpoint.pending()).isEqualTo(1);
        assertThat(fixture.account.spent()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "401, MODEL_AUTH",
        "403, MODEL_AUTH",
        "400, MODEL_INVALID_REQUEST",
        "404, MODEL_INVALID_REQUEST",
        "413, MODEL_INVALID_REQUEST",
        "307, MODEL_INVALID_REQUEST"
    })
    @DisplayName("E2.9, E2.10: not tried again, and nothing of the answer in the message")
    void aFinalRefusalIsNotTriedAgain(int status, FailureCode code) throws Exception {
        endpoint.thenStatus(status, "location", endpoint.url() + "/elsewhere").thenStream(Sse.done("never"));

        assertThat(fixture.run()).isInstanceOfSatisfying(Failed.class, f -> {
            assertThat(f.code()).isEqualTo(code);
            assertThat(f.message()).doesNotContain("CANARY");
        });

        assertThat(endpoint.requests()).hasSize(1);
        assertThat(fixture.account.spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void theWaitTheServerAskedForIsHonouredUpToThirtySeconds() throws Exception {
        endpoint.thenStatus(429, "retry-after", "20")
                .thenStatus(429, "retry-after", "90")
                .thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isInstanceOf(Completed.class);

        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void aWaitBeyondTheDeadlineIsNotBegun() throws Exception {
        fixture.deadline = Deadline.in(Duration.ofSeconds(15), Ticker.system());
        endpoint.thenStatus(429, "retry-after", "20").thenStream(Sse.done("never"));

        assertThat(fixture.run()).isInstanceOf(Failed.class);

        assertThat(fixture.waits).isEmpty();
        assertThat(fixture.sink.all(RecordingSink.Retry.class)).isEmpty();
    }

    @Test
    void anErrorEventIsABrokenStreamAndCostsTheWholeReservation() throws Exception {
        endpoint.thenStream(Sse.start(), Sse.text(0, "half"), ERROR_EVENT).thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));

        assertThat(fixture.sink.all(RecordingSink.Retry.class)).singleElement().satisfies(retry -> {
            assertThat(retry.code()).isEqualTo(FailureCode.MODEL_STREAM_BROKEN);
            assertThat(retry.status()).isEmpty();
        });
        assertThat(fixture.sink.texts()).containsExactly("ok");
        assertThat(fixture.account.spent().micros()).isGreaterThan(8_192 * 5);
    }

    @Test
    void aStreamWithoutItsEndNeverRunsATool() throws Exception {
        var cut = Sse.start() + Sse.tool(0, "toolu_1", RecordingTools.MOVE, "{}");
        endpoint.thenStream(cut).thenStream(cut).thenStream(cut);

        assertThat(fixture.run()).isInstanceOfSatisfying(Failed.class, f -> {
            assertThat(f.code()).isEqualTo(FailureCode.MODEL_STREAM_BROKEN);
            assertThat(f.message()).contains("broke");
        });

        assertThat(fixture.tools.calls()).isEmpty();
        assertThat(fixture.sink.all(RecordingSink.Used.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: content_block_start\ndata: {not json\n\n",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":7,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":-1}}\n\n",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9000000000000000000}}\n\n",
            })
    void aStreamThatIsNotAResponseIsBroken(String event) throws Exception {
        endpoint.thenStream(Sse.start(), event).thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));
        assertThat(fixture.sink.all(RecordingSink.Retry.class)).hasSize(1);
    }

    @Test
    void aConnectionCutBeforeAndAfterTextIsTriedAgain() throws Exception {
        endpoint.then(exchange -> {}) // closed without an answer
                .then(exchange -> {
                    exchange.sendResponseHeaders(200, 1_000_000);
                    ScriptedEndpoint.write(exchange, Sse.start() + Sse.text(0, "half"));
                })
                .thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));
        assertThat(fixture.sink.all(RecordingSink.Retry.class)).hasSize(2);
        assertThat(fixture.sink.texts()).containsExactly("ok");
    }

    @Test
    @DisplayName("A connection that was never made cost nothing")
    void aFailureToConnectCostsNothing() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var unreachable = new EngineFixture(URI.create("http://127.0.0.1:" + port))) {
            assertThat(unreachable.run())
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.code()).isEqualTo(FailureCode.MODEL_STREAM_BROKEN));
            assertThat(unreachable.sink.all(RecordingSink.Retry.class)).hasSize(2);
            assertThat(unreachable.account.spent()).isEqualTo(Money.ZERO);
        }
    }

    @Test
    @DisplayName("E4.5: every attempt has its own reservation, so broken streams use the budget up")
    void brokenStreamsUseTheBudgetUp() throws Exception {
        fixture.budget = new Money(60_000);
        endpoint.thenStream(Sse.start()).thenStatus(500).thenStatus(500);

        assertThat(fixture.run()).isInstanceOfAny(BudgetExceeded.class, Failed.class);
        assertThat(fixture.account.spent().micros()).isBetween(8_192 * 5L, 60_000L);
    }

    @Test
    void aDeadlineThatHasPassedStopsBeforeTheFirstCall() throws Exception {
        fixture.deadline = Deadline.in(Duration.ZERO, Ticker.system());

        assertThat(fixture.run()).isEqualTo(new Stopped("deadline"));
        assertThat(endpoint.requests()).isEmpty();
    }
}
