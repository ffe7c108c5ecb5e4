package dev.gatehouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that were messages before somebody bit into them. */
@Timeout(120)
class FuzzedLinesTest {
    private static final int LINES = 10_000;

    private static final List<String> WHOLE = List.of(
            Wire.request(1, "ping", "{}"),
            Wire.request(2, "initialize", "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{}}"),
            Wire.request(3, "tools/call", "{\"name\":\"echo\",\"arguments\":{\"a\":[1,2,{\"b\":null}]}}"),
            Wire.modern(4, "tools/list", ""),
            Wire.modern(5, "resources/read", "\"uri\":\"workshop://note\""),
            Wire.modern(6, "prompts/get", "\"name\":\"greet\",\"arguments\":{\"whom\":\"\\u00e9\\n\"}"),
            "[" + Wire.request(7, "ping", "{}") + "," + Wire.request(8, "resources/list", "{}") + "]",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");

    @ParameterizedTest
    @ValueSource(longs = {1, 2026})
    @DisplayName("15.5: ten thousand broken lines: no crash, no hang, and nothing but protocol comes back")
    void tenThousand(long seed) {
        var random = new Random(seed);
        try (var wire = new Wire()) {
            for (var i = 0; i < LINES; i++) {
                wire.bytes(broken(random));
            }
            wire.line("");
            wire.line(Wire.modern(424_242, "server/discover", ""));

            for (var message = wire.next(); message.path("id").intValue(0) != 424_242; message = wire.next()) {
                assertThat(message.has("not protocol")).as(message.toString()).isFalse();
            }
            assertThat(wire.workshop.faults).isEmpty();
        }
    }

    private static byte[] broken(Random random) {
        var line = WHOLE.get(random.nextInt(WHOLE.size())).getBytes(StandardCharsets.UTF_8);
        for (var bites = random.nextInt(4); bites > 0; bites--) {
            var at = random.nextInt(line.length);
            switch (random.nextInt(3)) {
                case 0 -> line[at] = (byte) random.nextInt(256);
                case 1 -> line = java.util.Arrays.copyOf(line, Math.max(1, at));
                default -> line[at] = (byte) "{}[]\",:0-e.\n\\ ".charAt(random.nextInt(14));
            }
        }
        var out = java.util.Arrays.copyOf(line, line.length + 1);
        out[line.length] = '\n';
        return out;
    }
}
