package dev.gatehouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire and is not as it should be, and what happens at the same time (JSON-RPC 2.0, MCP stdio). */
@Timeout(60)
class StdioWireTest {
    private final Wire wire = new Wire();

    @AfterEach
    void end() {
        wire.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                      | -32700 |
            nonsense                                               | -32700 |
            {"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}        | -32700 |
            {"jsonrpc":"2.0","id":1,"method":"ping"} {}            | -32700 |
            {"jsonrpc":"2.0","id":1,"method":"x","params":{"a":NaN}} | -32700 |
            1                                                      | -32600 |
            "ping"                                                 | -32600 |
            null                                                   | -32600 |
            []                                                     | -32600 |
            {}                                                     | -32600 |
            {"id":1,"method":"ping"}                               | -32600 | 1
            {"jsonrpc":"1.0","id":1,"method":"ping"}               | -32600 | 1
            {"jsonrpc":"2.0","id":1}                               | -32600 | 1
            {"jsonrpc":"2.0","id":1,"method":7}                    | -32600 | 1
            {"jsonrpc":"2.0","id":1,"method":"ping","params":[]}   | -32600 | 1
            {"jsonrpc":"2.0","id":null,"method":"ping"}            | -32600 |
            {"jsonrpc":"2.0","id":1.5,"method":"ping"}             | -32600 |
            {"jsonrpc":"2.0","id":{},"method":"ping"}              | -32600 |
            """)
    void malformed(String line, int code, String id) {
        var answer = wire.ask(line);

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(code);
        assertThat(answer.path("id").asString("")).isEqualTo(id == null ? "" : id);
        wire.silent();
    }

    @Test
    void invalidUtf8() {
        wire.bytes(new byte[] {'{', '"', (byte) 0xff, '"', '}', '\n'});

        assertThat(wire.next().path("error").path("code").intValue()).isEqualTo(-32700);
        wire.silent();
    }

    @Test
    @DisplayName("a line above 1 MiB is refused without being kept, and the next one is served")
    void oversized() {
        wire.bytes("x".repeat(3 << 20).getBytes(StandardCharsets.UTF_8));
        wire.bytes("\n".getBytes(StandardCharsets.UTF_8));

        assertThat(wire.next().path("error").path("code").intValue()).isEqualTo(-32600);
        wire.silent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t", "\r"})
    void blankLinesAreNothing(String line) {
        wire.line(line);
        wire.silent();
    }

    @Test
    void windowsLineEnds() {
        assertThat(wire.ask(Wire.request(5, "ping", "{}") + "\r").path("id").intValue())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":1,\"message\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unheard_of\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":12}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
            })
    @DisplayName("answers nobody asked for, unknown notifications and cancellations of nothing are ignored")
    void ignored(String line) {
        wire.line(line);
        wire.silent();
    }

    @Test
    @DisplayName("an id comes back as it came: a string stays one, and large numbers are exact")
    void ids() {
        assertThat(wire.ask("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"method\":\"ping\"}")
                        .path("id")
                        .isString())
                .isTrue();
        assertThat(wire.ask("{\"jsonrpc\":\"2.0\",\"id\":9007199254740993123,\"method\":\"ping\"}")
                        .path("id")
                        .asString())
                .isEqualTo("9007199254740993123");
    }

    @Test
    @DisplayName("10.7: estop and ping are answered while a long call runs")
    void besideALongCall() throws Exception {
        wire.initialized("2025-11-25");
        wire.line(Wire.request(1, "tools/call", "{\"name\":\"work\"}"));
        wire.workshop.working.await();

        assertThat(wire.call(2, "ping", "{}").path("id").intValue()).isEqualTo(2);
        assertThat(wire.call(3, "tools/call", "{\"name\":\"estop\"}").path("id").intValue())
                .isEqualTo(3);

        wire.workshop.finish.countDown();
        assertThat(wire.next().path("id").intValue()).isEqualTo(1);
    }

    @Test
    @DisplayName("10.7: a stop is taken in however many requests there are")
    void besideAFlood() {
        wire.initialized("2025-11-25");
        for (var id = 1; id <= 64; id++) {
            wire.line(Wire.request(id, "tools/call", "{\"name\":\"work\"}"));
        }

        var refused = wire.call(65, "tools/call", "{\"name\":\"echo\"}");
        assertThat(refused.path("error").path("code").intValue()).isEqualTo(-32603);
        assertThat(wire.call(66, "tools/call", "{\"name\":\"estop\"}").has("result"))
                .isTrue();
    }

    @Test
    @DisplayName("a cancelled request is interrupted and nothing more is said about it")
    void cancelled() throws Exception {
        wire.initialized("2025-11-25");
        wire.line(Wire.request(1, "tools/call", "{\"name\":\"work\",\"_meta\":{\"progressToken\":\"p\"}}"));
        wire.workshop.working.await();
        assertThat(wire.next().path("params").path("progress").intValue()).isEqualTo(1);
        assertThat(wire.next().path("params").path("progress").intValue()).isEqualTo(2);
        wire.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");

        wire.workshop.interrupted.await();
        wire.silent();
    }

    @Test
    @DisplayName("progress is told under the token that was given, and only ever grows")
    void progress() throws Exception {
        wire.line(Wire.request(
                1,
                "tools/call",
                "{\"name\":\"work\"," + Wire.META.replace("{\"io", "{\"progressToken\":42,\"io") + "}"));
        wire.workshop.working.await();
        wire.workshop.finish.countDown();

        for (var done : new int[] {1, 2}) {
            var message = wire.next();
            assertThat(message.path("method").asString()).isEqualTo("notifications/progress");
            assertThat(message.path("params").path("progressToken").intValue()).isEqualTo(42);
            assertThat(message.path("params").path("progress").intValue()).isEqualTo(done);
            assertThat(message.path("params").path("total").intValue()).isEqualTo(3);
        }
        assertThat(wire.next()
                        .path("result")
                        .path("structuredContent")
                        .path("worked")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void anIdThatIsInUseIsRefusedWithoutIt() throws Exception {
        wire.initialized("2025-11-25");
        wire.line(Wire.request(1, "tools/call", "{\"name\":\"work\"}"));
        wire.workshop.working.await();

        var refused = wire.call(1, "ping", "{}");
        assertThat(refused.path("error").path("code").intValue()).isEqualTo(-32600);
        assertThat(refused.has("id")).isFalse();
    }

    @Test
    @DisplayName("8.8: what breaks inside is told with an id and nothing else")
    void faults() {
        var answer = wire.ask(Wire.modern(1, "tools/call", "\"name\":\"break\""));

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32603);
        assertThat(answer.path("error").path("message").asString()).matches("internal error req-[0-9a-z]{26}");
        assertThat(wire.workshop.faults).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("when the client closes its end, what it asked for just before is still answered")
    void lastWords() {
        wire.line(Wire.modern(1, "tools/call", "\"name\":\"echo\""));
        wire.end();

        assertThat(wire.next().path("id").intValue()).isEqualTo(1);
    }

    @Test
    @DisplayName("when the client closes its end during a long call, the call is interrupted")
    void endDuringALongCall() throws Exception {
        wire.line(Wire.modern(1, "tools/call", "\"name\":\"work\""));
        wire.workshop.working.await();
        wire.end();

        assertThat(wire.workshop.interrupted.getCount()).isZero();
        assertThat(wire.unread()).isZero();
    }

    @Test
    @DisplayName("when nobody reads any more, the server ends and interrupts what it was doing")
    void brokenPipe() throws Exception {
        wire.line(Wire.modern(1, "tools/call", "\"name\":\"work\""));
        wire.workshop.working.await();
        wire.hangUp();
        wire.line(Wire.request(2, "ping", "{}"));
        wire.end();

        assertThat(wire.workshop.interrupted.getCount()).isZero();
    }
}
