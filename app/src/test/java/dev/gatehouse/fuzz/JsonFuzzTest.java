package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** dispatcher.md D3.5, D4.1: any bytes are one JSON value or malformed; what is read can be written on one line and read again. */
class JsonFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"a\":[1,-2.50e+3,true,null,\"\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"a\":\"\u2028\"}}",
                        "{\"a\":1,\"a\":2}",
                        "[1e400,0.1,123456789012345678901234567890,-0.0] x",
                        "[1e4001456789]",
                        "\uFEFF[]",
                        "[".repeat(70),
                        "\"\\ud800\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void reads(byte[] bytes) throws MalformedJsonException {
        var node = Timed.answer(() -> read(bytes));
        if (node.isEmpty()) {
            return;
        }
        var line = Timed.answer(() -> Json.line(node.get()));
        assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        assertThat(Json.line(Json.read(line))).isEqualTo(line);
        assertThat(Json.line(Json.read(line.getBytes(StandardCharsets.UTF_8)))).isEqualTo(line);

        var canonical = Timed.answer(() -> canonical(node.get()));
        if (canonical.isPresent()) {
            assertThat(CanonicalJson.text(Json.read(canonical.get()))).isEqualTo(canonical.get());
        }
    }

    private static Optional<JsonNode> read(byte[] bytes) {
        try {
            return Optional.of(Json.read(bytes));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> canonical(JsonNode node) {
        try {
            return Optional.of(CanonicalJson.text(node));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
