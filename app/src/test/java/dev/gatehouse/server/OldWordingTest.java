package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The lines of 0.2.0 for clients that read those (dispatcher.md section 5). */
class OldWordingTest {
    private static final Set<String> TYPES =
            Set.of("SystemMessage", "AssistantMessage", "UserMessage", "ResultMessage", "gate_decision", "error");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(Scripts.CREEP).start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static List<JsonNode> lines(TestServer where, Who who, String path, String body) throws Exception {
        var lines = new ArrayList<JsonNode>();
        try (var events = where.as(who).stream("POST", path, body)) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.header("Content-Type")).isEqualTo("application/x-ndjson");
            for (var line = events.line(); line.isPresent(); line = events.line()) {
                lines.add(Json.read(line.get()));
            }
        }
        assertThat(lines).allMatch(line -> TYPES.contains(line.path("type").asString()));
        return lines;
    }

    private static List<JsonNode> ofType(List<JsonNode> lines, String type) {
        return lines.stream()
                .filter(l -> l.path("type").asString().equals(type))
                .toList();
    }

    @Test
    @DisplayName("section 5: a good run begins with the session, speaks in messages and ends with its result")
    void goodRun() throws Exception {
        var lines = lines(server, Who.READER, "/dispatch?compat=0.2", "{\"goal\":\"describe what you see\"}");

        var first = lines.getFirst();
        assertThat(first.path("type").asString()).isEqualTo("SystemMessage");
        assertThat(first.at("/data/subtype").asString()).isEqualTo("init");
        assertThat(first.at("/data/data/session_id").asString()).startsWith("tsk-");
        assertThat(first.propertyNames()).containsExactly("type", "data");
        var use = ofType(lines, "AssistantMessage").stream()
                .map(line -> line.path("data"))
                .filter(data -> data.at("/content/0/type").asString("").equals("tool_use"))
                .findFirst()
                .orElseThrow();
        assertThat(use.at("/content/0/name").asString()).startsWith("mcp__robot__");
        assertThat(use.at("/content/0/input").isObject()).isTrue();
        assertThat(use.path("model").asString()).isNotEmpty();
        var result = ofType(lines, "UserMessage").getFirst().at("/data/content/0");
        assertThat(result.path("type").asString()).isEqualTo("tool_result");
        assertThat(result.path("tool_use_id")).isEqualTo(use.at("/content/0/id"));
        assertThat(result.path("is_error").isBoolean()).isTrue();
        var decision = ofType(lines, "gate_decision").getFirst();
        assertThat(decision.propertyNames())
                .containsExactlyInAnyOrder("type", "tool", "caller", "tier", "behavior", "message");
        var last = lines.getLast();
        assertThat(last.path("type").asString()).isEqualTo("ResultMessage");
        assertThat(last.path("data").propertyNames())
                .containsExactlyInAnyOrder(
                        "subtype",
                        "is_error",
                        "num_turns",
                        "duration_ms",
                        "duration_api_ms",
                        "session_id",
                        "total_cost_usd",
                        "usage",
                        "result",
                        "permission_denials",
                        "errors");
        assertThat(last.at("/data/subtype").asString()).isEqualTo("success");
        assertThat(last.at("/data/session_id")).isEqualTo(first.at("/data/data/session_id"));
    }

    @Test
    @DisplayName("section 5: a stopped run has a result of its own kind")
    void stoppedRun() throws Exception {
        var lines = lines(
                server, Who.READER, "/v1/tasks?compat=0.2", "{\"goal\":\"describe what you see\",\"max_turns\":1}");

        assertThat(lines.getLast().at("/data/subtype").asString()).isEqualTo("error_max_turns");
        assertThat(lines.getLast().at("/data/is_error").booleanValue()).isTrue();
    }

    @Test
    @DisplayName("section 5: a failed run ends with the line of error that 0.2.0 ended with")
    void failedRun() throws Exception {
        try (var failing = TestServer.with().model("http://127.0.0.1:9").start()) {
            var lines = lines(failing, Who.READER, "/dispatch?compat=0.2", "{\"goal\":\"x\"}");

            assertThat(lines.getLast().propertyNames()).containsExactly("type", "message");
            assertThat(lines.getLast().path("type").asString()).isEqualTo("error");
            assertThat(lines.getLast().path("message").asString()).isNotBlank();
            assertThat(ofType(lines, "ResultMessage")).isEmpty();
        }
    }

    @Test
    @DisplayName("section 5: a log can be read again in the old words, and a heartbeat is one of them")
    void readAgain() throws Exception {
        var id = server.as(Who.READER)
                .run("{\"goal\":\"describe what you see\"}")
                .taskId();
        try (var events = server.as(Who.READER).stream("GET", "/v1/tasks/" + id + "/events?compat=0.2", null)) {
            assertThat(events.line().orElseThrow()).startsWith("{\"type\":\"SystemMessage\"");
        }
        try (var events = server.as(Who.ACTUATOR).stream("POST", "/dispatch?compat=0.2", Scripts.goal("creep"))) {
            var line = events.line().orElseThrow();
            while (!line.contains("heartbeat")) {
                line = events.line().orElseThrow();
            }
            assertThat(line).isEqualTo("{\"type\":\"SystemMessage\",\"data\":{\"subtype\":\"heartbeat\",\"data\":{}}}");
        }
        server.as(Who.BUTTON).post("/v1/estop", "");
        server.clear();
    }

    @Test
    @DisplayName("section 5: a credential with compat is spoken to in the old words without asking")
    void credentialOfOld() throws Exception {
        var sha256 = CanonicalJson.sha256(Who.READER.token().getBytes(StandardCharsets.UTF_8));
        var entry = "- {caller: reader, tier: read, compat: \"0.2\", token_sha256: \"" + sha256 + "\"}\n";
        try (var old = TestServer.with().bearers(entry).start()) {
            var lines = lines(old, Who.READER, "/dispatch", "{\"goal\":\"describe what you see\"}");

            assertThat(lines.getFirst().path("type").asString()).isEqualTo("SystemMessage");
            assertThat(lines.getLast().path("type").asString()).isEqualTo("ResultMessage");
        }
    }

    @Test
    void otherVersionsAreUnknown() {
        assertProblem(server.as(Who.READER).post("/dispatch?compat=0.1", "{\"goal\":\"x\"}"), 422, "invalid_request");
    }
}
