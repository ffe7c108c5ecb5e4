package dev.gatehouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.mcp.model.Revision;
import dev.gatehouse.tool.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two eras of the protocol on one connection (robot-md.md 8.1; MCP 2024-11-05 to 2026-07-28). */
@Timeout(60)
class ErasTest {
    private final Wire wire = new Wire();

    @AfterEach
    void end() {
        wire.close();
    }

    private static String text(JsonNode answer) {
        return answer.path("result").path("content").path(0).path("text").asString();
    }

    private static List<String> names(JsonNode list) {
        var names = new ArrayList<String>();
        list.forEach(entry -> names.add(entry.path("name").asString()));
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    @DisplayName("8.1: a handshake in each older revision; titles and structured results only where they are known")
    void handshake(String name) {
        var revision = Revision.named(name).orElseThrow();
        wire.initialized(name);

        var tool = wire.call(1, "tools/list", "{}").path("result").path("tools").path(0);
        var resource = wire.call(2, "resources/list", "{}")
                .path("result")
                .path("resources")
                .path(0);
        var prompt = wire.call(3, "prompts/list", "{}")
                .path("result")
                .path("prompts")
                .path(0);
        var called = wire.call(4, "tools/call", "{\"name\":\"echo\",\"arguments\":{\"a\":1}}");

        assertThat(tool.path("name").asString()).isEqualTo("echo");
        assertThat(tool.has("annotations")).isEqualTo(revision.annotations());
        assertThat(List.of(tool.has("title"), tool.has("outputSchema"), resource.has("title"), prompt.has("title")))
                .containsOnly(revision.structured());
        assertThat(called.path("result").has("structuredContent")).isEqualTo(revision.structured());
        assertThat(text(called)).contains("\"a\": 1");
        assertThat(called.path("result").has("resultType")).isFalse();
        assertThat(called.path("result").has("_meta")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1999-01-01,2025-11-25", "2026-07-28,2025-11-25", "2025-03-26,2025-03-26"})
    @DisplayName("8.1: an unknown revision, or one without a handshake, is answered with the newest that has one")
    void negotiation(String asked, String given) {
        var result = wire.call(
                        0,
                        "initialize",
                        "{\"protocolVersion\":\"" + asked + "\",\"capabilities\":{},\"clientInfo\":{}}")
                .path("result");

        assertThat(result.path("protocolVersion").asString()).isEqualTo(given);
        assertThat(result.path("serverInfo").path("name").asString()).isEqualTo("workshop");
        assertThat(result.path("instructions").asString()).isEqualTo("Read the note.");
        assertThat(result.path("capabilities").toString())
                .isEqualTo("{\"tools\":{},\"resources\":{\"subscribe\":true},\"prompts\":{}}");
    }

    @Test
    void handshakesOnceAndWithARevision() {
        assertThat(wire.call(1, "initialize", "{}").path("error").path("code").intValue())
                .isEqualTo(-32602);
        wire.initialized("2025-11-25");
        assertThat(wire.call(2, "initialize", "{\"protocolVersion\":\"2025-11-25\"}")
                        .path("error")
                        .path("code")
                        .intValue())
                .isEqualTo(-32600);
    }

    @Test
    @DisplayName("before the handshake only a ping is answered, and a request that stands for itself")
    void beforeTheHandshake() {
        assertThat(wire.call(1, "ping", "{}").has("result")).isTrue();
        var refused = wire.call(2, "tools/list", "{}").path("error");
        assertThat(refused.path("code").intValue()).isEqualTo(-32602);
        assertThat(refused.path("message").asString()).contains("initialize");
        assertThat(wire.ask(Wire.modern(3, "tools/list", "")).has("result")).isTrue();
    }

    @Test
    @DisplayName("2026-07-28: every result says what it is and who made it; lists and contents carry a cache hint")
    void stateless() {
        for (var method : List.of(
                "server/discover", "tools/list", "resources/list", "resources/templates/list", "prompts/list")) {
            var result = wire.ask(Wire.modern(1, method, "")).path("result");
            assertThat(result.path("resultType").asString()).as(method).isEqualTo("complete");
            assertThat(result.path("_meta")
                            .path("io.modelcontextprotocol/serverInfo")
                            .path("version")
                            .asString())
                    .isEqualTo("1");
            assertThat(result.path("ttlMs").longValue()).as(method).isPositive();
            assertThat(result.path("cacheScope").asString()).isEqualTo("private");
        }
        var read = wire.ask(Wire.modern(2, "resources/read", "\"uri\":\"workshop://note\""))
                .path("result");
        assertThat(read.path("ttlMs").intValue()).isZero();
        assertThat(read.path("contents").path(0).path("text").asString()).isEqualTo("one");
        var call = wire.ask(Wire.modern(3, "tools/call", "\"name\":\"echo\"")).path("result");
        assertThat(call.path("resultType").asString()).isEqualTo("complete");
        assertThat(call.has("ttlMs")).isFalse();
        assertThat(call.path("structuredContent").path("tool").asString()).isEqualTo("echo");
    }

    @Test
    void discovery() {
        var result = wire.ask(Wire.modern(1, "server/discover", "")).path("result");

        assertThat(result.path("supportedVersions").toString())
                .isEqualTo("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\",\"2024-11-05\"]");
        assertThat(result.path("capabilities")
                        .path("resources")
                        .path("subscribe")
                        .booleanValue())
                .isTrue();
        assertThat(result.path("instructions").asString()).isEqualTo("Read the note.");
    }

    @Test
    @DisplayName("2026-07-28: a foreign version is -32022 with what is spoken; missing capabilities are -32602")
    void statelessRefusals() {
        var foreign = wire.ask(Wire.modern(1, "tools/list", "").replace("2026-07-28", "2031-01-01"))
                .path("error");
        assertThat(foreign.path("code").intValue()).isEqualTo(-32022);
        assertThat(foreign.path("data").path("requested").asString()).isEqualTo("2031-01-01");
        assertThat(foreign.path("data").path("supported").path(0).asString()).isEqualTo("2026-07-28");
        var bare =
                wire.call(2, "tools/list", "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}");
        assertThat(bare.path("error").path("code").intValue()).isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "initialize2", "logging/setLevel", "resources/subscribe", "tools/Call", ""})
    @DisplayName("2026-07-28: methods that are gone or never were are -32601")
    void unknownStateless(String method) {
        assertThat(wire.ask(Wire.modern(1, method, ""))
                        .path("error")
                        .path("code")
                        .intValue())
                .isEqualTo(-32601);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"server/discover", "subscriptions/listen", "logging/setLevel", "completion/complete", "tasks/get"
            })
    @DisplayName("8.1: after a handshake, methods not offered are -32601")
    void unknownAfterAHandshake(String method) {
        wire.initialized("2025-11-25");
        assertThat(wire.call(1, method, "{}").path("error").path("code").intValue())
                .isEqualTo(-32601);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resources/read | {"uri":"workshop://other"} | Resource workshop://other not found
            resources/read | {}                          | uri must be a string
            resources/read | {"uri":7}                   | uri must be a string
            resources/subscribe | {"uri":"workshop://x"} | Resource workshop://x not found
            prompts/get    | {"name":"other"}            | Prompt other not found
            prompts/get    | {"name":"greet"}            | needs the argument whom
            prompts/get    | {"name":"greet","arguments":{"whom":7}} | must be strings
            tools/call     | {}                          | name must be a string
            tools/call     | {"name":"echo","arguments":[]} | arguments must be an object
            """)
    @DisplayName("8.8: what is asked for wrongly is -32602 and says why")
    void invalidParams(String method, String params, String message) {
        wire.initialized("2025-11-25");
        var error = wire.call(1, method, params).path("error");

        assertThat(error.path("code").intValue()).isEqualTo(-32602);
        assertThat(error.path("message").asString()).contains(message);
    }

    @Test
    @DisplayName("8.8: the error over an unknown resource carries its URI by itself as well")
    void unknownResource() {
        wire.initialized("2025-11-25");
        var error =
                wire.call(1, "resources/read", "{\"uri\":\"workshop://other\"}").path("error");

        assertThat(error.path("data").path("uri").asString()).isEqualTo("workshop://other");
    }

    @Test
    @DisplayName("8.6: arguments may be left out or null")
    void noArguments() {
        wire.initialized("2025-11-25");
        wire.call(1, "tools/call", "{\"name\":\"echo\"}");
        wire.call(2, "tools/call", "{\"name\":\"echo\",\"arguments\":null}");

        assertThat(wire.workshop.calls)
                .hasSize(2)
                .allMatch(call -> call.arguments().isEmpty());
    }

    @Test
    @DisplayName("8.8: a resource that cannot be read now is -32603 with its own message")
    void unreadable() {
        wire.workshop.note = new Resource.Content.Unreadable("file no longer readable");
        var error = wire.ask(Wire.modern(1, "resources/read", "\"uri\":\"workshop://note\""))
                .path("error");

        assertThat(error.path("code").intValue()).isEqualTo(-32603);
        assertThat(error.path("message").asString()).isEqualTo("file no longer readable");
    }

    @Test
    @DisplayName("8.2: whichever spelling is asked for, the answer carries the listed one")
    void listedUri() {
        var read = wire.ask(Wire.modern(1, "resources/read", "\"uri\":\"workshop://NOTE\""));

        assertThat(read.path("result").path("contents").path(0).path("uri").asString())
                .isEqualTo("workshop://note");
    }

    @Test
    void prompts() {
        var got = wire.ask(Wire.modern(1, "prompts/get", "\"name\":\"greet\",\"arguments\":{\"whom\":\"Ann\"}"));

        assertThat(got.path("result").path("messages").toString())
                .isEqualTo("[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Greet Ann.\"}}]");
    }

    @Test
    @DisplayName("a reader is shown what a reader may be let through to, and the stop")
    void visibleTools() {
        var tools = wire.ask(Wire.modern(1, "tools/list", "")).path("result").path("tools");

        assertThat(names(tools)).containsExactly("echo", "work", "break", "estop");
    }

    @Test
    @DisplayName("8.9: after a subscription a change is told, after its end it is not")
    void subscribing() {
        wire.initialized("2025-11-25");
        wire.call(1, "resources/subscribe", "{\"uri\":\"workshop://note\"}");
        wire.workshop.note = new Resource.Content.Text("two");
        wire.lookAgain();
        var updated = wire.next();

        assertThat(updated.path("method").asString()).isEqualTo("notifications/resources/updated");
        assertThat(updated.path("params").toString()).isEqualTo("{\"uri\":\"workshop://note\"}");

        wire.call(2, "resources/unsubscribe", "{\"uri\":\"workshop://note\"}");
        wire.workshop.note = new Resource.Content.Text("three");
        wire.ticker.advance(ResourceWatch.PERIOD);
        assertThat(wire.call(3, "ping", "{}").path("id").intValue()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "2026-07-28: listening is acknowledged first, tells of what was asked for, and ends when it is cancelled")
    void listening() {
        wire.line(Wire.modern(
                7,
                "subscriptions/listen",
                "\"notifications\":{\"toolsListChanged\":true,"
                        + "\"resourceSubscriptions\":[\"workshop://note\",\"workshop://other\"]}"));
        var acknowledged = wire.next();
        assertThat(acknowledged.path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(acknowledged.path("params").path("notifications").toString())
                .isEqualTo("{\"resourceSubscriptions\":[\"workshop://note\"]}");

        wire.workshop.note = new Resource.Content.Unreadable("file no longer readable");
        wire.lookAgain();
        var updated = wire.next();
        assertThat(updated.path("method").asString()).isEqualTo("notifications/resources/updated");
        for (var message : List.of(acknowledged, updated)) {
            assertThat(message.path("params")
                            .path("_meta")
                            .path("io.modelcontextprotocol/subscriptionId")
                            .intValue())
                    .isEqualTo(7);
        }

        wire.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
        wire.silent();
    }

    @Test
    @DisplayName("2026-07-28: a server that ends says so to those who listen")
    void endOfListening() {
        wire.line(Wire.modern(7, "subscriptions/listen", "\"notifications\":{}"));
        wire.next();
        wire.end();

        var ended = wire.next();
        assertThat(ended.path("id").intValue()).isEqualTo(7);
        assertThat(ended.path("result")
                        .path("_meta")
                        .path("io.modelcontextprotocol/subscriptionId")
                        .intValue())
                .isEqualTo(7);
    }

    @Test
    @DisplayName("2025-03-26: a batch is answered by one list; other revisions refuse it")
    void batches() {
        wire.initialized("2025-03-26");
        var answer = wire.ask("[" + Wire.request(1, "ping", "{}") + "," + Wire.request(2, "tools/list", "{}")
                + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},7," + Wire.request(3, "initialize", "{}")
                + "]");

        assertThat(answer.isArray()).isTrue();
        assertThat(answer).hasSize(4);
        wire.line("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}]");
        wire.silent();
    }

    @Test
    void noBatchesElsewhere() {
        wire.initialized("2025-11-25");

        assertThat(wire.ask("[" + Wire.request(1, "ping", "{}") + "]")
                        .path("error")
                        .path("code")
                        .intValue())
                .isEqualTo(-32600);
    }
}
