package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks in front of every route, their order and the form of their refusals (dispatcher.md 3.2, 3.3, 3.6). */
class FrontTest {
    private static final String GOAL = "{\"goal\":\"look around\"}";

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

    /** A caller whose tasks only look, so that they never wait for each other. */
    private static Caller reader() {
        return server.as(Who.READER);
    }

    @Test
    @DisplayName("T24.1: healthz tells that the server is there, and nothing else")
    void healthz() {
        var answer = server.stranger().get("/healthz");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"ok\":true}");
        assertThat(RawConnection.exchange(
                        server.port(), "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 11\r\n")
                .endsWith("\r\n\r\n");
        assertThat(answer.has("Server")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/redoc",
                "/",
                "/v1",
                "/v1/",
                "/v2/tasks",
                "/healthz/",
                "//healthz",
                "/v1/healthz/..",
                "/dispatch/",
                "/DISPATCH",
                "/tasks/../healthz",
                "/%68ealthz/x",
                "/v1/tasks/a/b/c/d",
                "/.env"
            })
    @DisplayName("D3.1, T24.1: whatever is not a route is 404, with and without a credential")
    void unknownPaths(String path) {
        assertProblem(server.stranger().get(path), 404, "not_found");
        assertProblem(reader().get(path), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /dispatch, POST",
        "DELETE, /v1/dispatch, POST",
        "PUT, /v1/tasks, 'GET, HEAD, POST'",
        "POST, /healthz, 'GET, HEAD'",
        "OPTIONS, /dispatch, POST",
        "TRACE, /v1/estop, POST",
        "PATCH, /v1/tasks/tsk-x, 'GET, HEAD'",
        "GET, /v1/estop/clear, POST"
    })
    void otherMethodsAreToldWhichOnesThereAre(String method, String path, String allow) {
        var answer = RawConnection.exchange(
                server.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(WireTest.statuses(answer)).containsExactly(405);
        assertThat(answer).contains("Allow: " + allow + "\r\n").contains("\"detail\":\"Method Not Allowed\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/tasks",
        "GET, /tasks",
        "GET, /v1/tasks/tsk-00000000000000000000000000",
        "GET, /v1/tasks/tsk-00000000000000000000000000/events",
        "POST, /v1/tasks/tsk-00000000000000000000000000/cancel",
        "POST, /dispatch",
        "POST, /v1/dispatch",
        "POST, /v1/tasks",
        "GET, /v1/approvals",
        "POST, /v1/approvals/apr-x",
        "GET, /v1/tools",
        "POST, /v1/tools/render",
        "POST, /v1/estop",
        "POST, /estop",
        "POST, /v1/estop/clear",
        "GET, /v1/status",
        "GET, /v1/audit",
        "GET, /metrics",
        "GET, /openapi.json",
        "GET, /v1/whoami"
    })
    @DisplayName("T24.1: every route but healthz wants a credential first")
    void strangersGetNowhere(String method, String path) {
        var answer = server.stranger().send(method, path, method.equals("POST") ? "not json" : null);

        assertProblem(answer, 401, "unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
    }

    @Test
    @DisplayName("T7.2: unknown, expired and malformed tokens get the same bytes")
    void oneBodyForAllWrongTokens() {
        var answers = Stream.of("x", Who.EXPIRED.token(), Who.READER.token() + "x", "0".repeat(64))
                .map(token -> server.withToken(token).get("/v1/whoami").textWithoutRequestId())
                .distinct();

        assertThat(answers).hasSize(1);
    }

    @Test
    @DisplayName("T7.2: a task of somebody else and one that never was get the same bytes")
    void foreignAndMissingTasksLookAlike() {
        var foreign = server.as(Who.WATCHER)
                .post("/v1/tasks", GOAL, "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        var missing = "tsk-00000000000000000000000000";
        for (var suffix : List.of("", "/events", "/cancel")) {
            var method = suffix.equals("/cancel") ? "POST" : "GET";
            var one = reader().send(method, "/v1/tasks/" + foreign + suffix, null);
            var two = reader().send(method, "/v1/tasks/" + missing + suffix, null);

            assertProblem(one, 404, "not_found");
            assertThat(one.textWithoutRequestId()).isEqualTo(two.textWithoutRequestId());
            assertThat(one.headers().keySet()).isEqualTo(two.headers().keySet());
        }
        assertThat(server.as(Who.WATCHER).get("/v1/tasks/" + foreign).status()).isEqualTo(200);
        assertThat(server.as(Who.ADMIN).get("/v1/tasks/" + foreign).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.",
                "10.0.0.1",
                "[::2]",
                "localhost:80:80x",
                "*"
            })
    @DisplayName("T11.2: a request for another host is not answered here")
    void foreignHosts(String host) {
        var answer = RawConnection.exchange(
                server.port(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(WireTest.statuses(answer)).allMatch(status -> status == 421 || status == 400);
        assertThat(answer).doesNotContain("\"ok\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "[::1]"})
    void namesOfThisHostWithAnyPortAreFine(String host) {
        var answer = RawConnection.exchange(
                server.port(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(WireTest.statuses(answer)).containsExactly(200);
    }

    @Test
    @DisplayName("T11.2: pages of strangers are refused, and no answer carries a CORS header")
    void origins() {
        assertProblem(reader().get("/v1/whoami", "Origin", "https://evil.example"), 403, "origin_denied");
        assertProblem(reader().get("/v1/whoami", "Origin", "null"), 403, "origin_denied");

        var allowed = reader().get("/v1/whoami", "Origin", "https://console.example");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/whoami?token=x",
                "/v1/whoami?a=1&access_token=x",
                "/v1/whoami?API_KEY=x",
                "/healthz?bearer=",
                "/v1/whoami?q=sk-ant-abc",
                "/v1/tasks/sk-ant-abc"
            })
    @DisplayName("T7.4: a token in a URL is 400 before anything else is looked at")
    void tokensInUrls(String path) {
        var answer = reader().get(path);

        assertProblem(answer, 400, "token_in_url");
        assertThat(answer.text()).doesNotContain("sk-ant");
    }

    @Test
    @DisplayName("T7.4: what looks like one of our tokens is refused too, in the query and in the path")
    void whatLooksLikeATokenInAUrl() {
        var token = "Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OWFiY2RlZmdoaWo";
        assertThat(token).hasSize(43);
        assertProblem(server.stranger().get("/v1/tasks/" + token), 400, "token_in_url");
        assertProblem(server.stranger().get("/v1/tasks?after=" + token), 400, "token_in_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tasks?limit=0",
                "/v1/tasks?limit=201",
                "/v1/tasks?limit=x",
                "/v1/tasks?limit=1e2",
                "/v1/tasks?limit=-1"
            })
    void badPagesAreInvalid(String path) {
        assertProblem(reader().get(path), 422, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks?limit=%zz", "/v1/tasks/%zz", "/v1/tasks/%00", "/v1/tasks?after=%ff%fe"})
    void badEncodingsAreTheCallersFault(String path) {
        var answer = RawConnection.exchange(
                server.port(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Who.READER.token()
                        + "\r\nConnection: close\r\n\r\n");

        assertThat(WireTest.statuses(answer))
                .as(answer)
                .singleElement()
                .matches(s -> s == 200 || (s >= 400 && s < 500));
    }

    @Test
    @DisplayName("3.3: authentication texts of 0.2.0, in their order")
    void authenticationTexts() {
        var none = server.stranger();
        assertThat(none.post("/dispatch", GOAL).detail()).isEqualTo("missing Authorization header");
        assertThat(none.post("/dispatch", GOAL, "Authorization", "Basic eDp5").detail())
                .isEqualTo("Authorization must be Bearer <token>");
        assertThat(none.post("/dispatch", GOAL, "Authorization", "Bearer").detail())
                .isEqualTo("Authorization must be Bearer <token>");
        assertThat(server.withToken("nobody").post("/dispatch", GOAL).detail()).isEqualTo("unknown bearer");
        assertThat(reader().withKey("sk-foo").post("/dispatch", GOAL).detail())
                .isEqualTo("invalid Anthropic API key format");
        assertThat(reader().withKey("sk-ant-" + "x".repeat(506))
                        .post("/dispatch", GOAL)
                        .detail())
                .isEqualTo("invalid Anthropic API key format");
        assertThat(server.as(Who.READER)
                        .withoutKey()
                        .post("/dispatch", "{\"goal\":\"x\",\"engine\":\"embedded\"}")
                        .detail())
                .isEqualTo("missing X-Anthropic-Api-Key header (BYOK required)");
    }

    @Test
    void theSchemeIsNotCaseSensitiveAndTheTokenIsTrimmed() {
        for (var value : List.of("bearer %s", "BEARER %s", "Bearer   %s", "Bearer %s  ")) {
            var answer = server.stranger().get("/v1/whoami", "Authorization", value.formatted(Who.READER.token()));
            assertThat(answer.status()).as(value).isEqualTo(200);
        }
    }

    /** Each pair breaks two rules; the earlier one answers. */
    static Stream<Object[]> pairs() {
        return Stream.of(
                new Object[] {"POST", "/dispatch?token=x", "Host: evil.example\r\n", 421},
                new Object[] {"POST", "/dispatch", "Host: evil.example\r\nOrigin: https://evil.example\r\n", 421},
                new Object[] {"POST", "/dispatch?token=x", "Host: localhost\r\nOrigin: https://evil.example\r\n", 403},
                new Object[] {"GET", "/nowhere?token=x", "Host: localhost\r\n", 400},
                new Object[] {"GET", "/nowhere", "Host: localhost\r\n", 404},
                new Object[] {"GET", "/dispatch", "Host: localhost\r\n", 405},
                new Object[] {"POST", "/dispatch", "Host: localhost\r\nX-Anthropic-Api-Key: bad\r\n", 401},
                new Object[] {"POST", "/dispatch", "Host: localhost\r\nContent-Type: text/plain\r\n", 401},
                new Object[] {"POST", "/dispatch", "Host: localhost\r\nContent-Length: 99999999\r\n", 401},
                new Object[] {
                    "POST", "/dispatch", authorized() + "X-Anthropic-Api-Key: bad\r\nContent-Type: text/plain\r\n", 401
                },
                new Object[] {
                    "POST", "/dispatch", authorized() + "Content-Type: text/plain\r\nContent-Length: 99999999\r\n", 415
                },
                new Object[] {
                    "POST",
                    "/dispatch",
                    authorized() + "Content-Type: application/json\r\nContent-Length: 99999999\r\n",
                    413
                },
                new Object[] {
                    "POST",
                    "/dispatch",
                    authorized()
                            + "Content-Type: application/json\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n",
                    413
                });
    }

    private static String authorized() {
        return "Host: localhost\r\nAuthorization: Bearer " + Who.READER.token() + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @DisplayName(
            "3.3, T12.1: the checks come in their order, the first failure answers, and no byte of the body is waited for")
    void earlierChecksWin(String method, String path, String headers, int status) {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(method + " " + path + " HTTP/1.1\r\n" + headers + "\r\n");

            assertThat(connection.readLine(java.time.Duration.ofSeconds(5))).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    @DisplayName("T24.2: no refusal tells of classes, paths or exceptions")
    void refusalsSayNothingOfTheInside() {
        var texts = List.of(
                reader().post("/dispatch", "{\"goal\":").text(),
                reader().post("/dispatch", "{\"a\":\"\\ud800\"}").text(),
                reader().post("/v1/tools/render", "[]").text(),
                reader().get("/v1/tasks?limit=x").text());
        for (var text : texts) {
            assertThat(text).doesNotContainIgnoringCase("exception").doesNotContain("tools.jackson");
            assertThat(text)
                    .doesNotContain("dev.gatehouse")
                    .doesNotContain("(String)")
                    .doesNotContain(".java");
        }
    }
}
