package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A reader of message streams that insists on every rule of engines.md section 3, written apart from the code under test. */
@NullMarked
final class StreamReader {
    private static final Pattern EVENT = Pattern.compile("event: ([a-z_]+)\ndata: ([^\r\n]+)\n\n");

    private @Nullable ObjectNode message;
    private @Nullable ObjectNode block;
    private final StringBuilder pieces = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private boolean delta;
    private boolean stopped;

    /** Takes one event as it stands on the wire. */
    void read(String wire) throws MalformedJsonException {
        var event = EVENT.matcher(wire);
        assertThat(event.matches()).as(wire).isTrue();
        var data = Json.read(event.group(2));
        assertThat(data.path("type").stringValue()).isEqualTo(event.group(1));
        names.add(event.group(1));
        assertThat(stopped).as("nothing follows message_stop").isFalse();
        switch (event.group(1)) {
            case "message_start" -> start(data.path("message"));
            case "content_block_start" -> blockStart(data);
            case "content_block_delta" -> blockDelta(data);
            case "content_block_stop" -> blockStop(data);
            case "message_delta" -> messageDelta(data);
            case "message_stop" -> {
                assertThat(delta).as("message_delta before message_stop").isTrue();
                stopped = true;
            }
            case "ping" -> assertThat(message).as("ping after message_start").isNotNull();
            default -> throw new AssertionError("unknown event " + event.group(1));
        }
    }

    /** The message the events add up to. */
    ObjectNode message() {
        assertThat(stopped).as("message_stop came").isTrue();
        return started();
    }

    List<String> names() {
        return names;
    }

    private ObjectNode started() {
        assertThat(message).as("message_start comes first").isNotNull();
        return java.util.Objects.requireNonNull(message);
    }

    private ObjectNode open() {
        assertThat(block).as("a block is open").isNotNull();
        return java.util.Objects.requireNonNull(block);
    }

    private void start(JsonNode begun) {
        assertThat(message).as("one message_start").isNull();
        assertThat(begun.path("content")).isEmpty();
        assertThat(begun.path("stop_reason").isNull()).isTrue();
        assertThat(begun.path("usage").path("output_tokens").intValue()).isLessThanOrEqualTo(1);
        message = (ObjectNode) begun;
    }

    private void blockStart(JsonNode data) {
        assertThat(block).as("blocks do not interleave").isNull();
        assertThat(delta).as("no block after message_delta").isFalse();
        assertThat(data.path("index").intValue())
                .isEqualTo(started().path("content").size());
        block = (ObjectNode) data.path("content_block");
        pieces.setLength(0);
    }

    private void blockDelta(JsonNode data) {
        assertThat(data.path("index").intValue())
                .isEqualTo(started().path("content").size());
        var piece = data.path("delta");
        var type = open().path("type").stringValue();
        switch (piece.path("type").stringValue()) {
            case "text_delta" -> {
                assertThat(type).isEqualTo("text");
                append("text", piece);
            }
            case "thinking_delta" -> {
                assertThat(type).isEqualTo("thinking");
                append("thinking", piece);
            }
            case "signature_delta" -> {
                assertThat(type).isEqualTo("thinking");
                append("signature", piece);
            }
            case "input_json_delta" -> {
                assertThat(type).isEqualTo("tool_use");
                pieces.append(piece.path("partial_json").stringValue());
            }
            default -> throw new AssertionError("unknown delta");
        }
    }

    private void append(String member, JsonNode piece) {
        open().put(
                        member,
                        open().path(member).stringValue() + piece.path(member).stringValue());
    }

    private void blockStop(JsonNode data) throws MalformedJsonException {
        assertThat(data.path("index").intValue())
                .isEqualTo(started().path("content").size());
        var done = open();
        if (done.path("type").stringValue().equals("tool_use")) {
            done.set("input", Json.read(pieces.toString()));
            assertThat(done.path("input").isObject()).isTrue();
        }
        ((ArrayNode) started().path("content")).add(done);
        block = null;
    }

    private void messageDelta(JsonNode data) {
        assertThat(block).as("every block is stopped").isNull();
        assertThat(delta).as("one message_delta").isFalse();
        delta = true;
        started().setAll((ObjectNode) data.path("delta"));
        ((ObjectNode) started().path("usage")).setAll((ObjectNode) data.path("usage"));
    }
}
