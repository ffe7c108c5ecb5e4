package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E6.4: the official Java client works with the endpoint, and fails in the ways of E2.7. */
@Timeout(60)
class AnthropicJavaTest {
    private static final Tool RENDER = Tool.builder()
            .name("mcp__robot__render")
            .inputSchema(Tool.InputSchema.builder().build())
            .build();

    private static MessageCreateParams.Builder look() {
        return MessageCreateParams.builder()
                .model("gatehouse-rehearsal-1")
                .maxTokens(1024)
                .addUserMessage("look at the table")
                .addTool(RENDER);
    }

    private static AnthropicClient client(RehearsalServer server) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(server.url())
                .authToken("any")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static Message stream(AnthropicClient client, MessageCreateParams params) {
        var accumulator = MessageAccumulator.create();
        try (var stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private static Throwable failure(String turn) {
        try (var server = RehearsalServer.start(Scripts.library(turn), 0);
                var client = new Closing(client(server))) {
            return catchThrowable(() -> stream(client.client(), look().build()));
        }
    }

    /** The client, which knows how to close but not how to be in a try. */
    private record Closing(AnthropicClient client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void aTaskOfTwoTurnsStreamsAndItsToolUseAccumulates() {
        try (var server = RehearsalServer.start(
                        Scripts.library(
                                "{think: Let me see, say: I look first and tell you what there is on the table., call: [{tool: render, args: {camera: front, size: [640, 480]}}],"
                                        + " usage: {input: 1800, output: 60, cache_read: 1200, cache_write_5m: 7, cache_write_1h: 8}}",
                                "say: \"Done: {{last.text(200)}}\""),
                        0);
                var client = new Closing(client(server))) {
            var first = stream(client.client(), look().build());

            assertThat(first.id()).startsWith("msg_rehearsal_");
            assertThat(first.model().asString()).isEqualTo("gatehouse-rehearsal-1");
            assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
            assertThat(first.content()).hasSize(3);
            assertThat(first.content().get(0).asThinking().thinking()).isEqualTo("Let me see");
            assertThat(first.content().get(0).asThinking().signature()).isEqualTo(Block.Thinking.SIGNATURE);
            assertThat(first.content().get(1).asText().text())
                    .isEqualTo("[rehearsal] I look first and tell you what there is on the table.");
            var use = first.content().get(2).asToolUse();
            assertThat(use.name()).isEqualTo("mcp__robot__render");
            assertThat(use._input()).isEqualTo(JsonValue.from(Map.of("camera", "front", "size", List.of(640, 480))));
            assertThat(first.usage().inputTokens()).isEqualTo(1800);
            assertThat(first.usage().outputTokens()).isEqualTo(60);
            assertThat(first.usage().cacheReadInputTokens()).contains(1200L);
            assertThat(first.usage().cacheCreationInputTokens()).contains(15L);
            assertThat(first.usage().cacheCreation().orElseThrow().ephemeral1hInputTokens())
                    .isEqualTo(8);

            var second = stream(client.client(), afterwards(first, use, "a red cube"));

            assertThat(second.stopReason()).contains(StopReason.END_TURN);
            assertThat(second.content().getFirst().asText().text()).isEqualTo("Done: a red cube");
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    private static MessageCreateParams afterwards(Message first, ToolUseBlock use, String result) {
        return look().addMessage(first)
                .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                .toolUseId(use.id())
                                .content(result)
                                .build())))
                .build();
    }

    @Test
    void theSameMessageComesInOnePiece() {
        try (var server = RehearsalServer.start(
                        Scripts.library("{say: I look., call: [{tool: render, args: {a: 1}}]}"), 0);
                var client = new Closing(client(server))) {
            var whole = client.client().messages().create(look().build());
            var streamed = stream(client.client(), look().build());

            assertThat(whole.isValid()).isTrue();
            assertThat(whole.stopReason()).contains(StopReason.TOOL_USE);
            assertThat(whole.content().get(0)).isEqualTo(streamed.content().get(0));
            assertThat(whole.content()).extracting(ContentBlock::isToolUse).containsExactly(false, true);
        }
    }

    @Test
    void tokensAreCounted() {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, usage: {input: 321}}"), 0);
                var client = new Closing(client(server))) {
            var count = client.client()
                    .messages()
                    .countTokens(MessageCountTokensParams.builder()
                            .model("gatehouse-rehearsal-1")
                            .addUserMessage("look")
                            .addTool(RENDER)
                            .build());

            assertThat(count.inputTokens()).isEqualTo(321);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end_turn",
                "max_tokens",
                "refusal",
                "pause_turn",
                "stop_sequence",
                "model_context_window_exceeded"
            })
    void everyStopReasonArrives(String reason) {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, stop: " + reason + "}"), 0);
                var client = new Closing(client(server))) {
            assertThat(stream(client.client(), look().build())
                            .stopReason()
                            .orElseThrow()
                            .asString())
                    .isEqualTo(reason);
        }
    }

    @Test
    @DisplayName("E2.7: an error event raises SseException with status 200 and the error as body")
    void anErrorEvent() {
        assertThat(failure("{say: x, fault: {sse_error: overloaded_error, after_events: 4}}"))
                .isInstanceOfSatisfying(SseException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(200);
                    assertThat(e.body())
                            .isEqualTo(JsonValue.from(Map.of(
                                    "type",
                                    "error",
                                    "error",
                                    Map.of("type", "overloaded_error", "message", "Overloaded"))));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    @DisplayName("E2.7: a cut connection raises AnthropicIoException")
    void aCutConnection(int afterEvents) {
        assertThat(failure("{say: x, fault: {cut_after: " + afterEvents + "}}"))
                .isInstanceOf(AnthropicIoException.class);
    }

    @Test
    @DisplayName("E2.7: a stream without message_stop makes the accumulator raise IllegalStateException")
    void noStop() {
        assertThat(failure("{say: x, fault: {no_stop: true}}")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName(
            "the accumulator turns arguments that are not JSON into {}: whoever runs tools has to join the pieces itself")
    void argumentsThatAreNotJsonLookEmptyToTheAccumulator() {
        try (var server = RehearsalServer.start(
                        Scripts.library("{call: [{tool: render, args: {a: 1}}], fault: {bad_json: true}}"), 0);
                var client = new Closing(client(server))) {
            var accumulator = MessageAccumulator.create();
            var pieces = new StringBuilder();
            try (var stream = client.client().messages().createStreaming(look().build())) {
                stream.stream()
                        .map(accumulator::accumulate)
                        .flatMap(event -> event.contentBlockDelta().stream())
                        .flatMap(delta -> delta.delta().inputJson().stream())
                        .forEach(delta -> pieces.append(delta.partialJson()));
            }

            assertThat(pieces).hasToString("{\"a\":1");
            assertThat(accumulator.message().content().getFirst().asToolUse()._input())
                    .isEqualTo(JsonValue.from(Map.of()));
        }
    }

    @Test
    void unknownEventsAreSkipped() {
        assertThat(failure("{say: x, fault: {unknown_event: true}}")).isNull();
    }

    @Test
    void aHangMeetsTheClientsTimeout() {
        try (var server = RehearsalServer.start(Scripts.library("{say: x, fault: {hang_ms: 600000}}"), 0);
                var client = new Closing(client(server))) {
            var hasty = client.client().withOptions(options -> options.timeout(Duration.ofMillis(200)));

            assertThatThrownBy(() -> stream(hasty, look().build())).isInstanceOf(AnthropicIoException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 429, 500, 529})
    void httpErrorsArriveAsServiceExceptionsWithTheirStatus(int status) {
        assertThat(failure("{say: x, fault: {http: " + status + "}}"))
                .isInstanceOfSatisfying(
                        AnthropicServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(status));
    }

    @Test
    void aRateLimitSaysWhenToComeBack() {
        assertThat(failure("{say: x, fault: {http: 429, retry_after: 3}}"))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        e -> assertThat(e.headers().values("retry-after")).containsExactly("3"));
    }

    @Test
    void theClientsOwnRetriesReachTheAnswer() {
        try (var server = RehearsalServer.start(
                        Scripts.library("{say: x, fault: {http: 529, times: 1, retry_after: 0}}"), 0);
                var client = new Closing(client(server))) {
            var patient = client.client().withOptions(options -> options.maxRetries(2));

            assertThat(stream(patient, look().build()).stopReason()).contains(StopReason.END_TURN);
            assertThat(server.requests()).isEqualTo(2);
        }
    }
}
