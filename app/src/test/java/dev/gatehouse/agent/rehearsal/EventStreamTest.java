package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Usage USAGE = new Usage(10, 42, 0, 0, 0, Optional.empty());

    @Test
    @DisplayName("engines.md 3: the stream of the specification, byte for byte")
    void theStreamOfTheSpecification() throws Exception {
        var answer = new Answer(
                "msg_1",
                List.of(
                        new Block.Thinking("I see"),
                        new Block.Text("Look"),
                        new Block.ToolUse("toolu_1", "mcp__robot__render", Json.read("{\"a\":1}"))),
                StopReason.TOOL_USE,
                Optional.empty(),
                USAGE);

        assertThat(text(EventStream.of(answer, 40, false))).isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"gatehouse-rehearsal-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":1,"service_tier":"standard"}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                event: ping
                data: {"type":"ping"}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"I see"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"cmVoZWFyc2FsLW5vLW1vZGVsLXRob3VnaHQtdGhpcw=="}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: content_block_start
                data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Look"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":1}

                event: content_block_start
                data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"mcp__robot__render","input":{}}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":2}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":42}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    private static String text(List<SseEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.text()));
        return text.toString();
    }

    @Property(tries = 300)
    void anyAnswerObeysTheOrderAndAddsUpToItself(
            @ForAll("answers") Answer answer, @ForAll @IntRange(min = 1, max = 50) int chunkChars)
            throws MalformedJsonException {
        var reader = new StreamReader();
        for (var event : EventStream.of(answer, chunkChars, false)) {
            // Through the bytes, because they are what a client sees.
            reader.read(event.text());
        }

        assertThat(CanonicalJson.text(reader.message())).isEqualTo(CanonicalJson.text(answer.whole()));
    }

    @Provide
    Arbitrary<Answer> answers() {
        var text = Arbitraries.strings().ofMinLength(1).ofMaxLength(120).map(Json::wellFormed);
        var key = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
        var input = Arbitraries.maps(key, text).ofMaxSize(4).map(map -> {
            var object = Json.object();
            map.forEach(object::put);
            return object;
        });
        Arbitrary<Block> block = Arbitraries.oneOf(
                text.map(Block.Thinking::new),
                text.map(Block.Text::new),
                Combinators.combine(key, input).as((name, args) -> new Block.ToolUse("toolu_" + name, name, args)));
        var usage = Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(0, 1_000))
                .as((in, out, cache) -> new Usage(in, out, cache, cache + 1, cache + 2, Optional.empty()));
        return Combinators.combine(block.list().ofMaxSize(5), Arbitraries.of(StopReason.class), usage)
                .as((content, stop, tokens) -> new Answer("msg_x", content, stop, Optional.empty(), tokens));
    }

    @Test
    void textIsCutBetweenCharactersAndNeverWithinOne() {
        var answer = new Answer("m", List.of(new Block.Text("a𝄞b𝄞c")), StopReason.END_TURN, Optional.empty(), USAGE);
        var pieces = new ArrayList<String>();

        for (var event : EventStream.of(answer, 2, false)) {
            if (EventStream.isDelta(event)) {
                pieces.add(event.data().path("delta").path("text").stringValue());
            }
        }

        assertThat(pieces).containsExactly("a𝄞", "b𝄞", "c");
    }
}
