package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** engines.md 3 and E6.3, seen by a client that knows nothing but HTTP. */
@DisplayName("E6.3: the wire of the rehearsal")
class WireTest {
    private static RehearsalServer server;
    private static Wire wire;

    @BeforeAll
    static void start() {
        server = RehearsalServer.start(
                Scripts.library("{think: I see, say: Looking, call: [{tool: render, args: {a: 1}}]}", "say: Done"), 0);
        wire = new Wire(server);
    }

    @AfterAll
    static void stop() {
        wire.close();
        server.close();
    }

    private static Dialogue look() {
        return Dialogue.goal("look").offering("render");
    }

    @Test
    void aWholeMessageHasTheShapeOfTheSpecification() {
        var response = wire.messages(look().body());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("request-id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_rehearsal_"));
        var id = look().request().shortDigest();
        assertThat(response.body())
                .matches(Pattern.quote("{\"id\":\"msg_rehearsal_" + id
                                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gatehouse-rehearsal-1\",\"content\":["
                                + "{\"type\":\"thinking\",\"thinking\":\"I see\",\"signature\":\"cmVoZWFyc2FsLW5vLW1vZGVsLXRob3VnaHQtdGhpcw==\"},"
                                + "{\"type\":\"text\",\"text\":\"[rehearsal] Looking\"},{\"type\":\"tool_use\",\"id\":\"toolu_rehearsal_"
                                + id + "_1\",\"name\":\"mcp__robot__render\",\"input\":{\"a\":1}}],"
                                + "\"stop_reason\":\"tool_use\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":")
                        + "\\d+"
                        + Pattern.quote(",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},"
                                + "\"output_tokens\":8,\"service_tier\":\"standard\"}}"));
    }

    @Test
    void aStreamObeysTheOrderAndAddsUpToTheWholeMessage() throws Exception {
        var response = wire.messages(look().streaming());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        var reader = new StreamReader();
        for (var event : response.body().split("(?<=\n\n)", -1)) {
            if (!event.isEmpty()) {
                reader.read(event);
            }
        }
        assertThat(reader.names())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        var whole = Wire.json(wire.messages(look().body()));
        assertThat(reader.message().path("content").get(1))
                .isEqualTo(whole.path("content").get(1));
        assertThat(reader.message().path("stop_reason").stringValue()).isEqualTo("tool_use");
    }

    @Test
    @DisplayName("E6.5: same script, same request, same bytes, also on another server")
    void theSameRequestGetsTheSameBytes() {
        var first = wire.messages(look().streaming());
        var again = wire.messages(look().streaming());
        try (var other = RehearsalServer.start(
                        Scripts.library(
                                "{think: I see, say: Looking, call: [{tool: render, args: {a: 1}}]}", "say: Done"),
                        0);
                var otherWire = new Wire(other)) {
            var elsewhere = otherWire.messages(look().streaming());

            assertThat(again.body()).isEqualTo(first.body());
            assertThat(elsewhere.body()).isEqualTo(first.body());
            assertThat(elsewhere.headers().firstValue("request-id"))
                    .isEqualTo(first.headers().firstValue("request-id"));
        }
        assertThat(wire.messages(Dialogue.goal("look again").offering("render").streaming())
                        .body())
                .isNotEqualTo(first.body());
    }

    @Test
    void theConversationGoesOnUntilTheScriptEnds() {
        var dialogue = look();
        dialogue.then(Wire.json(wire.messages(dialogue.body())), "a picture");

        var second = Wire.json(wire.messages(dialogue.body()));

        assertThat(second.path("content").get(0).path("text").stringValue()).isEqualTo("Done");
        assertThat(second.path("stop_reason").stringValue()).isEqualTo("end_turn");
    }

    @ParameterizedTest
    @CsvSource({"x-api-key, k", "Authorization, Bearer k", "authorization, bearer anything at all"})
    void bothHeaderStylesAndAnyKeyAreAccepted(String header, String value) {
        var response = wire.post(
                "/v1/messages?beta=true", Json.line(look().body()), header, value, "anthropic-version", "9999-12-31");

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"x-none, k", "x-api-key, ''", "Authorization, Bearer", "Authorization, Basic eDp5"})
    void aMissingKeyIsAnAuthenticationError(String header, String value) {
        for (var path : new String[] {"/v1/messages", "/v1/messages/count_tokens"}) {
            var response = wire.post(path, Json.line(look().body()), header, value, "anthropic-version", "2023-06-01");

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"x-api-key header is required\"}}");
            assertThat(response.headers().firstValue("request-id")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                         | model: Field required
            []                                                         | The request body must be a JSON object
            ``                                                         | The request body is not valid JSON: no JSON value
            {"model":1}                                                | model: Input should be a valid string
            {"model":"m"}                                              | messages: Field required
            {"model":"m","messages":{}}                                | messages: Input should be a valid list
            {"model":"m","messages":[]}                                | messages: at least one message is required
            {"model":"m","messages":[{}]}                              | messages.0.role: Field required
            {"model":"m","messages":[{"role":"robot","content":""}]}   | messages.0.role: Input should be 'user' or 'assistant'
            {"model":"m","messages":[{"role":"user"}]}                 | messages.0.content: Field required
            {"model":"m","messages":[{"role":"user","content":1}]}     | messages.0.content: Input should be a valid string or list
            {"model":"m","messages":[{"role":"assistant","content":"x"}]} | messages: first message must use the "user" role
            {"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{}],"max_tokens":1} | tools.0.name: Field required
            {"model":"m","messages":[{"role":"user","content":"x"}]}   | max_tokens: Field required
            {"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}   | max_tokens: Input should be greater than or equal to 1
            {"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":"1"} | max_tokens: Input should be a valid integer
            """)
    void aRequestWithoutItsRequiredMembersIsInvalid(String body, String message) {
        var response = wire.post("/v1/messages", body, "x-api-key", "k", "anthropic-version", "2023-06-01");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Wire.json(response).path("error").path("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(Wire.json(response).path("error").path("message").stringValue())
                .isEqualTo(message);
    }

    @Test
    void brokenJsonAndAMissingVersionAreInvalid() {
        var broken = wire.post("/v1/messages", "{\"model\":", "x-api-key", "k", "anthropic-version", "2023-06-01");
        var versionless = wire.post("/v1/messages", Json.line(look().body()), "x-api-key", "k");

        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(versionless.statusCode()).isEqualTo(400);
        assertThat(versionless.body()).contains("anthropic-version: header is required");
    }

    @Test
    void unknownMembersAreIgnored() {
        var body = look().body().put("new_member", true).put("temperature", 1);

        assertThat(wire.messages(body).statusCode()).isEqualTo(200);
    }

    @Test
    void everyToolUseNeedsItsResultInTheNextMessage() throws Exception {
        var open = Json.read("""
                {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"},
                 {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"n","input":{}}]}%s]}
                """.formatted(""));
        var strayed = Json.read("""
                {"model":"m","max_tokens":1,"messages":[
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"t9","content":"x"}]}]}
                """);

        assertThat(wire.messages(open).body())
                .contains("messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1");
        assertThat(wire.messages(strayed).body())
                .contains("messages.0: unexpected `tool_use_id`")
                .contains("t9");
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        var body = "x".repeat(Endpoint.MAX_BODY_BYTES + 1);

        var response = wire.post("/v1/messages", body, "x-api-key", "k", "anthropic-version", "2023-06-01");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"request_too_large\"");
    }

    @Test
    void tokensAreCountedWithoutMaxTokens() {
        var body = look().count();

        var response = wire.count(body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"input_tokens\":" + (Json.line(body).length() + 3) / 4 + "}");
    }

    @Test
    @DisplayName("a count covers what the due turn will report as input, cached or not")
    void aCountCoversTheScriptedUsage() {
        try (var scripted = RehearsalServer.start(
                        Scripts.library(
                                "{say: x, usage: {input: 1800, cache_read: 1200, cache_write_5m: 30, cache_write_1h: 4}}"),
                        0);
                var scriptedWire = new Wire(scripted)) {
            assertThat(scriptedWire.count(look().count()).body()).isEqualTo("{\"input_tokens\":3034}");
        }
    }

    @Test
    void theProbeIsAnswered() {
        var response = wire.method("HEAD", "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /v1/messages",
                "PUT /v1/messages",
                "POST /",
                "POST /v1/models",
                "POST /v1/messages/"
            })
    void everythingElseIsNotFound(String line) {
        var response = wire.method(line.split(" ", -1)[0], line.split(" ", -1)[1]);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"Not Found\"}}");
        assertThat(wire.method("HEAD", "/v1/messages").statusCode()).isEqualTo(404);
    }

    @Test
    void requestsAreCounted() {
        try (var fresh = RehearsalServer.start(ScriptLibrary.builtIn(), 0);
                var freshWire = new Wire(fresh)) {
            freshWire.messages(look().body());
            freshWire.messages(Json.object());
            freshWire.count(look().count());

            assertThat(fresh.requests()).isEqualTo(2);
            assertThat(fresh.countRequests()).isEqualTo(1);
        }
    }
}
