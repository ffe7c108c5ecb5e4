package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MCP on the server's own port, with the caller's bearer, through the same gate (Streamable HTTP, both eras). */
class McpHttpTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    /** To a point more than a minute away. */
    private static final String CREEP = "\"name\":\"execute_capability\",\"arguments\":{\"capability\":\"arm.reach\","
            + "\"args\":{\"x\":200,\"y\":100,\"z\":120,\"speed_dps\":1}}";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    private static Answer modern(Who who, String method, String name, String members) {
        var body = request(method, members + (members.isEmpty() ? "" : ",") + META);
        return name.isEmpty()
                ? server.as(who).post("/mcp", body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
                : server.as(who)
                        .post(
                                "/mcp",
                                body,
                                "MCP-Protocol-Version",
                                "2026-07-28",
                                "Mcp-Method",
                                method,
                                "Mcp-Name",
                                name);
    }

    private static Answer legacy(String body, String... headers) {
        return server.as(Who.READER).post("/mcp", body, headers);
    }

    private static int errorCode(Answer answer) {
        return answer.json().path("error").path("code").intValue();
    }

    @Test
    @DisplayName("2026-07-28: discovers, lists by tier, reads and calls without a handshake")
    void stateless() {
        assertThat(modern(Who.READER, "server/discover", "", "")
                        .json()
                        .path("result")
                        .path("supportedVersions"))
                .hasSize(5);
        var reader =
                modern(Who.READER, "tools/list", "", "").json().path("result").path("tools");
        var actuator =
                modern(Who.ACTUATOR, "tools/list", "", "").json().path("result").path("tools");
        assertThat(actuator.size()).isGreaterThanOrEqualTo(reader.size());
        var uri = "robot-md://bench-arm/safety";
        assertThat(modern(Who.READER, "resources/read", uri, "\"uri\":\"" + uri + "\"")
                        .json()
                        .path("result")
                        .path("contents")
                        .path(0)
                        .path("text")
                        .asString())
                .contains("estop");
        var called = modern(Who.READER, "tools/call", "validate", "\"name\":\"validate\"");
        assertThat(called.status()).isEqualTo(200);
        assertThat(called.json()
                        .path("result")
                        .path("structuredContent")
                        .path("ok")
                        .booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list,2026-07-28,tools/call,,-32020",
        "tools/list,2026-07-28,,,-32020",
        "tools/list,2025-11-25,tools/list,,-32020",
        "tools/list,,tools/list,,-32020",
        "tools/list,2031-01-01,tools/list,,-32020",
        "tools/call,2026-07-28,tools/call,render,-32020",
        "tools/call,2026-07-28,tools/call,,-32020",
        "tools/call,2026-07-28,tools/call,=?base64?!?=,-32020",
    })
    @DisplayName("2026-07-28: headers that are missing or say something else than the body are 400 and -32020")
    void headerMismatch(String method, String version, String methodHeader, String name, int code) {
        var headers = new ArrayList<String>();
        if (version != null) {
            headers.addAll(List.of("MCP-Protocol-Version", version));
        }
        if (methodHeader != null) {
            headers.addAll(List.of("Mcp-Method", methodHeader));
        }
        if (name != null) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        var answer = legacy(request(method, "\"name\":\"validate\"," + META), headers.toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(errorCode(answer)).isEqualTo(code);
    }

    @Test
    void namesMayBeEncoded() {
        var name = "=?base64?" + Base64.getEncoder().encodeToString("validate".getBytes(StandardCharsets.UTF_8)) + "?=";

        assertThat(modern(Who.READER, "tools/call", name, "\"name\":\"validate\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("2026-07-28: unknown versions and malformed metadata are 400, unknown methods 404")
    void statuses() {
        var foreign = legacy(request("tools/list", META.replace("2026-07-28", "2031-01-01")));
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(errorCode(foreign)).isEqualTo(-32022);
        var contradicting = legacy(
                request("tools/list", META.replace("2026-07-28", "2031-01-01")), "MCP-Protocol-Version", "2026-07-28");
        assertThat(contradicting.status()).isEqualTo(400);
        assertThat(errorCode(contradicting)).isEqualTo(-32020);
        var nameless = legacy(
                request("tools/list", "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}"),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/list");
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(errorCode(nameless)).isEqualTo(-32602);
        var bare = legacy(
                request("tools/list", "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}"),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/list");
        assertThat(bare.status()).isEqualTo(400);
        assertThat(errorCode(bare)).isEqualTo(-32602);
        var unknown = modern(Who.READER, "nothing/here", "", "");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(errorCode(unknown)).isEqualTo(-32601);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-03-26", "2025-06-18", "2025-11-25"})
    @DisplayName("with a handshake: each request names its revision in a header, none means 2025-03-26")
    void handshake(String version) {
        var headers = version.isEmpty() ? new String[0] : new String[] {"MCP-Protocol-Version", version};
        var initialized = legacy(request("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}"));
        assertThat(initialized.json().path("result").path("protocolVersion").asString())
                .isEqualTo("2025-11-25");
        assertThat(initialized
                        .json()
                        .path("result")
                        .path("capabilities")
                        .path("resources")
                        .has("subscribe"))
                .as("changes are not told here")
                .isFalse();
        var noted = legacy("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", headers);
        assertThat(noted.status()).isEqualTo(202);
        assertThat(noted.text()).isEmpty();
        var listed = legacy(request("tools/list", ""), headers);
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json().path("result").path("tools").path(0).has("title"))
                .isEqualTo(version.compareTo("2025-06-18") >= 0);
        assertThat(legacy(request("ping", ""), headers).json().path("result").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                      | -32700
            []                     | -32600
            {"jsonrpc":"2.0"}      | -32600
            [{"jsonrpc":"2.0","id":1,"method":"ping"}] | -32600
            """)
    void malformed(String body, int code) {
        var answer = legacy(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(errorCode(answer)).isEqualTo(code);
    }

    @Test
    @DisplayName(
            "no stream and no session to be had by GET or DELETE; no bearer, a strange origin and another type are refused")
    void otherDoors() {
        assertThat(server.as(Who.READER).get("/mcp").status()).isEqualTo(405);
        assertThat(server.as(Who.READER).send("DELETE", "/mcp", null).status()).isEqualTo(405);
        assertThat(server.stranger().post("/mcp", request("ping", "")).status()).isEqualTo(401);
        assertThat(legacy(request("ping", ""), "Origin", "https://evil.example").status())
                .isEqualTo(403);
        assertThat(legacy(request("ping", ""), "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(legacy("{\"x\":\"" + "x".repeat(1 << 20) + "\"}").status()).isEqualTo(413);
    }

    @Test
    @DisplayName("the gate refuses a reader what a reader may not, as a result that the model can read")
    void gated() {
        var refused = modern(Who.READER, "tools/call", "execute_capability", CREEP);

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().path("result").path("isError").booleanValue()).isTrue();
        assertThat(refused.json()
                        .path("result")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .contains("tier_required");
    }

    private static Events stream(Who who, String method, String name, String members, String meta) {
        var headers = new ArrayList<>(List.of(
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method));
        if (!name.isEmpty()) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return server.as(who).stream(
                "POST",
                "/mcp",
                request(method, members + "," + META.replace("_meta\":{", "_meta\":{" + meta)),
                headers.toArray(String[]::new));
    }

    /** The next message on a stream of events; comments between them only say that it is alive. */
    private static JsonNode next(Events events) throws Exception {
        for (var line = events.line(); line.isPresent(); line = events.line()) {
            if (line.get().startsWith("data: ")) {
                return Json.read(line.get().substring("data: ".length()));
            }
        }
        throw new AssertionError("the stream ended");
    }

    @Test
    @DisplayName("a motion is answered as a stream: progress under the caller's token, then the result")
    void motion() throws Exception {
        try (var events = stream(
                Who.ACTUATOR,
                "tools/call",
                "execute_capability",
                "\"name\":\"execute_capability\",\"arguments\":{\"capability\":\"gripper.open\"}",
                "\"progressToken\":\"p1\",")) {
            assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
            var message = next(events);
            while (message.has("method")) {
                assertThat(message.path("method").asString()).isEqualTo("notifications/progress");
                assertThat(message.path("params").path("progressToken").asString())
                        .isEqualTo("p1");
                message = next(events);
            }
            assertThat(message.path("result")
                            .path("structuredContent")
                            .path("status")
                            .asString())
                    .isEqualTo("ok");
        }
    }

    @Test
    @DisplayName("2026-07-28: closing the stream gives the request up, and the arm is stopped and holds")
    void closingTheStream() {
        try (var events = stream(Who.ACTUATOR, "tools/call", "execute_capability", CREEP, "")) {
            assertThat(events.status()).isEqualTo(200);
            await().until(() -> server.arm().moving());
        }

        await().until(() -> !server.arm().moving());
        assertThat(server.arm().joints()).allMatch(joint -> joint.torqueOn());
    }

    @Test
    @DisplayName("10.7: a reader's estop during somebody's motion ends it as blocked by the stop")
    void estopDuringAMotion() throws Exception {
        try (var events = stream(Who.ACTUATOR, "tools/call", "execute_capability", CREEP, "")) {
            await().until(() -> server.arm().moving());
            var stopped = modern(Who.READER, "tools/call", "estop", "\"name\":\"estop\"");
            assertThat(stopped.json()
                            .path("result")
                            .path("structuredContent")
                            .path("ok")
                            .booleanValue())
                    .isTrue();
            var result = next(events).path("result").path("structuredContent");
            assertThat(result.path("status").asString()).isEqualTo("blocked");
            assertThat(result.path("error").path("reason").asString()).isEqualTo("estop");
        } finally {
            server.clear();
        }
        assertThat(server.arm().moving()).isFalse();
    }

    @Test
    @DisplayName("8.9: whoever listens hears that the manifest changed")
    void listening() throws Exception {
        var uri = "robot-md://bench-arm/body";
        var before = Files.readString(server.manifest());
        try (var events = stream(
                Who.READER,
                "subscriptions/listen",
                "",
                "\"notifications\":{\"resourceSubscriptions\":[\"" + uri + "\"]}",
                "")) {
            assertThat(next(events).path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
            Files.writeString(server.manifest(), before + "\nOne line more.\n");
            var updated = next(events);
            assertThat(updated.path("method").asString()).isEqualTo("notifications/resources/updated");
            assertThat(updated.path("params").path("uri").asString()).isEqualTo(uri);
        } finally {
            Files.writeString(server.manifest(), before);
        }
    }

    @Test
    @DisplayName("10.13, 8.3: what was executed and what was refused is there to be read, the newest last")
    void recentExecutions() throws Exception {
        for (var who : List.of(Who.ACTUATOR, Who.READER)) {
            modern(
                    who,
                    "tools/call",
                    "execute_capability",
                    "\"name\":\"execute_capability\",\"arguments\":{\"capability\":\"gripper.open\"}");
        }
        await().untilAsserted(() -> {
            var recent = resource("recent_invocations");
            assertThat(recent.path(recent.size() - 2).path("status").asString()).isEqualTo("ok");
            assertThat(recent.path(recent.size() - 1).path("status").asString()).isEqualTo("refused");
            assertThat(recent.path(recent.size() - 1).path("reason").asString()).isEqualTo("tier_required");
        });
        assertThat(resource("recent_errors"))
                .noneMatch(entry -> entry.path("status").asString().equals("ok"));
    }

    private static JsonNode resource(String kind) throws Exception {
        var uri = "robot-md://bench-arm/" + kind;
        return Json.read(modern(Who.READER, "resources/read", uri, "\"uri\":\"" + uri + "\"")
                .json()
                .path("result")
                .path("contents")
                .path(0)
                .path("text")
                .asString());
    }
}
