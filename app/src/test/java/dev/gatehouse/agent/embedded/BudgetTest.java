package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.EngineOutcome.BudgetExceeded;
import dev.gatehouse.agent.EngineOutcome.Completed;
import dev.gatehouse.agent.EngineOutcome.Failed;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.RecordingSink;
import dev.gatehouse.agent.Usage;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayName("The budget of a run (D10.2, E4.2 to E4.6)")
class BudgetTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final EngineFixture fixture = new EngineFixture(endpoint.url());

    BudgetTest() throws IOException {}

    @AfterEach
    void close() {
        fixture.close();
        endpoint.close();
    }

    @Test
    void usageIsSettledFromTheStreamWithEveryClass() throws Exception {
        endpoint.thenStream(Sse.start("""
                        {"input_tokens":100,"output_tokens":1,"cache_read_input_tokens":1000,"cache_creation_input_tokens":70,\
                        "cache_creation":{"ephemeral_5m_input_tokens":50,"ephemeral_1h_input_tokens":20},"inference_geo":"us"}"""), Sse.text(0, "x"), Sse.end("end_turn", 100, 40));

        fixture.run();

        assertThat(fixture.sink.all(RecordingSink.Used.class)).singleElement().satisfies(used -> {
            assertThat(used.turn()).isEqualTo(1);
            assertThat(used.usage()).isEqualTo(new Usage(100, 40, 1_000, 50, 20, true));
            // (100 + 40·5 + 1000·0.1 + 50·1.25 + 20·2) · 1.1 = 552.75
            assertThat(used.cost()).isEqualTo(new Money(553));
            assertThat(used.total()).isEqualTo(new Money(553));
            assertThat(used.remaining()).isEqualTo(new Money(1_000_000 - 553));
        });
    }

    @Test
    @DisplayName("E4.3: too little money makes the call smaller, counted first to make it as large as can be")
    void aShortBudgetMakesTheCallSmaller() throws Exception {
        fixture.budget = new Money(12_000);
        endpoint.thenCount(300).thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));

        assertThat(endpoint.requests().getFirst().path()).isEqualTo("/v1/messages/count_tokens");
        assertThat(endpoint.requests().getFirst().body().has("max_tokens")).isFalse();
        // Bound 300·1.1 + 512 = 842 tokens, 1157.75 micro-dollars with the US surcharge; the rest buys output at 5.5
        // each.
        assertThat(endpoint.prompts().getFirst().path("max_tokens").intValue())
                .isEqualTo((int) ((12_000 - 842 * 1.25 * 1.1) / 5.5));
    }

    @Test
    void withoutACountTheBytesAreTheBound() throws Exception {
        fixture.budget = new Money(12_000);
        endpoint.thenStatus(500).thenStream(Sse.done("ok"));

        assertThat(fixture.run()).isEqualTo(new Completed("ok"));
        assertThat(endpoint.prompts().getFirst().path("max_tokens").intValue()).isBetween(256, 2_000);
    }

    @Test
    void aKeyRefusedWhileCountingEndsTheRun() throws Exception {
        fixture.budget = new Money(12_000);
        endpoint.thenStatus(401);

        assertThat(fixture.run())
                .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.code()).isEqualTo(FailureCode.MODEL_AUTH));
    }

    @Test
    @DisplayName("E1.7: the first call that cannot be paid is not made")
    void aCallThatCannotBePaidIsNotMade() throws Exception {
        fixture.budget = new Money(1_500);
        endpoint.thenCount(300);

        assertThat(fixture.run()).isEqualTo(new BudgetExceeded());
        assertThat(endpoint.prompts()).isEmpty();
    }

    @Test
    @DisplayName("A roomy budget never costs the round trip of a count")
    void aRoomyBudgetIsNotCounted() throws Exception {
        endpoint.thenStream(Sse.done("ok"));

        fixture.run();

        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    @DisplayName("T18.1: a model that uses all it was given, turn after turn, ends the run within its budget")
    void aGreedyModelStaysWithinTheBudget() throws Exception {
        fixture.budget = new Money(200_000);
        for (var i = 0; i < 20; i++) {
            endpoint.then(exchange -> {
                if (exchange.getRequestURI().getPath().endsWith("count_tokens")) {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
                var asked = endpoint.prompts().getLast().path("max_tokens").longValue();
                ScriptedEndpoint.open(exchange);
                ScriptedEndpoint.write(
                        exchange,
                        Sse.start()
                                + Sse.tool(0, "toolu_1", RecordingTools.RENDER, "{}")
                                + Sse.end("tool_use", 500, asked));
            });
        }

        assertThat(fixture.run()).isEqualTo(new BudgetExceeded());

        assertThat(fixture.account.spent().micros()).isBetween(150_000L, 200_000L);
    }
}
