package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a client of 0.2.0 sends, and what it reads of the answer: status, {@code detail}, media type (D5.1). */
class CompatibilityTest {
    private static final String GOAL = "{\"goal\":\"describe the arm\"}";
    private static final String BEARER = "Bearer " + Who.READER.token();

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().model("http://127.0.0.1:9").start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /**
     * One recorded request with the answer of 0.2.0.
     *
     * @param detail null where 0.2.0 gave a list, of which the first field is kept in {@code field}
     */
    record Golden(
            String method,
            String path,
            String authorization,
            String key,
            String body,
            int status,
            String detail,
            String field) {
        static Golden of(String authorization, String key, String body, int status, String detail) {
            return new Golden("POST", "/dispatch", authorization, key, body, status, detail, "");
        }

        static Golden invalid(String body, String field) {
            return new Golden("POST", "/dispatch", BEARER, Caller.KEY, body, 422, "", field);
        }
    }

    static Stream<Golden> refusals() {
        return Stream.of(
                Golden.of("", Caller.KEY, GOAL, 401, "missing Authorization header"),
                Golden.of("Basic eDp5", Caller.KEY, GOAL, 401, "Authorization must be Bearer <token>"),
                Golden.of("Token abc", Caller.KEY, GOAL, 401, "Authorization must be Bearer <token>"),
                Golden.of("Bearer nobody", Caller.KEY, GOAL, 401, "unknown bearer"),
                Golden.of(
                        BEARER,
                        "",
                        "{\"goal\":\"x\",\"engine\":\"embedded\"}",
                        401,
                        "missing X-Anthropic-Api-Key header (BYOK required)"),
                Golden.of(BEARER, "not-a-key", GOAL, 401, "invalid Anthropic API key format"),
                Golden.invalid("{}", "goal"),
                Golden.invalid("{\"goal\":\"\"}", "goal"),
                Golden.invalid("{\"goal\":5}", "goal"),
                Golden.invalid("{\"goal\":null}", "goal"),
                Golden.invalid("{\"goal\":\"" + "x".repeat(10_001) + "\"}", "goal"),
                Golden.invalid("{\"goal\":\"x\",\"max_turns\":0}", "max_turns"),
                Golden.invalid("{\"goal\":\"x\",\"max_turns\":101}", "max_turns"),
                Golden.invalid("{\"goal\":\"x\",\"max_turns\":\"many\"}", "max_turns"),
                Golden.invalid("{\"goal\":\"x\",\"max_turns\":1.5}", "max_turns"),
                Golden.invalid("{\"goal\":\"x\",\"max_budget_usd\":0}", "max_budget_usd"),
                Golden.invalid("{\"goal\":\"x\",\"max_budget_usd\":50.01}", "max_budget_usd"),
                Golden.invalid("{\"goal\":\"x\",\"max_budget_usd\":\"free\"}", "max_budget_usd"),
                new Golden("GET", "/nowhere", BEARER, "", "", 404, "Not Found", ""),
                new Golden("GET", "/dispatch", BEARER, "", "", 405, "Method Not Allowed", ""),
                new Golden("POST", "/healthz", "", "", "", 405, "Method Not Allowed", ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName("D5.1, B21: refusals have the status and the detail of 0.2.0")
    void refusalsAreTheSame(Golden golden) {
        var headers = new java.util.ArrayList<String>();
        if (!golden.authorization().isEmpty()) {
            headers.addAll(java.util.List.of("Authorization", golden.authorization()));
        }
        if (!golden.key().isEmpty()) {
            headers.addAll(java.util.List.of("X-Anthropic-Api-Key", golden.key()));
        }
        var body = golden.body().isEmpty() ? null : golden.body();
        var answer = server.stranger()
                .withoutKey()
                .send(golden.method(), golden.path(), body, headers.toArray(String[]::new));

        assertThat(answer.status()).as(answer.text()).isEqualTo(golden.status());
        // 0.2.0 said application/json; the body it sent is a part of ours.
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").isString()).isTrue();
        if (golden.field().isEmpty()) {
            assertThat(answer.detail()).isEqualTo(golden.detail());
        } else {
            var loc = answer.json().path("errors").path(0).path("loc");
            assertThat(loc.valueStream().map(JsonNode::asString)).containsExactly("body", golden.field());
        }
        if (golden.status() == 405) {
            assertThat(answer.has("Allow")).isTrue();
        }
    }

    @Test
    @DisplayName("D5.1: a good order is 200 NDJSON even if the run fails, and failure ends in a readable line")
    void goodOrder() {
        try (var events = server.as(Who.READER).dispatch("{\"goal\":\"x\",\"max_turns\":5,\"max_budget_usd\":0.25}")) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.header("Content-Type")).isEqualTo("application/x-ndjson");
            var log = events.toEnd().assertWhole();
            assertThat(log.status()).isEqualTo("failed");
            assertThat(log.result().path("error").path("message").asString()).isNotBlank();
        }
    }

    @Test
    @DisplayName("D5.1: healthz is as it was")
    void healthz() {
        var answer = server.stranger().get("/healthz");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"ok\":true}");
    }

    @Test
    @DisplayName("D5.2: a call that the gate lets through succeeds, and reading does not move the arm")
    void oldDefectsAreGone() {
        try (var rehearsing = TestServer.start()) {
            var before = rehearsing.arm();
            var log = rehearsing.as(Who.READER).run("{\"goal\":\"describe what you see\"}");

            assertThat(log.status()).isEqualTo("completed");
            assertThat(log.ofType("tool_result"))
                    .isNotEmpty()
                    .allMatch(r -> r.path("outcome").asString().equals("ok"));
            assertThat(log.ofType("session")
                            .getFirst()
                            .path("tools")
                            .valueStream()
                            .map(t -> t.path("name").asString()))
                    .doesNotContain("discover", "Bash", "Read", "Write", "WebFetch", "Task");
            assertThat(rehearsing.arm()).isEqualTo(before);
        }
    }
}
