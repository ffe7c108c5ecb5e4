package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of answers, and what a stranger gets from any route (dispatcher.md 3.2, threats.md T24). */
class HeadersTest {
    private static final Set<String> TO_STRANGERS = Set.of(
            "allow",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "date",
            "retry-after",
            "www-authenticate",
            "x-content-type-options",
            "x-request-id");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().behind("127.0.0.1").start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String head(Who who, String path) {
        return "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + who.token() + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/whoami", "/v1/tasks", "/v1/tools", "/v1/status", "/openapi.json"})
    @DisplayName("3.1: HEAD says what GET would, and nothing of the body")
    void headOfDocuments(String path) {
        var get = server.as(Who.READER).get(path);
        try (var connection = RawConnection.to(server.port())) {
            connection.send(head(Who.READER, path) + "Connection: close\r\n\r\n");
            var answer = connection.readToEnd(Duration.ofSeconds(10));

            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
            assertThat(answer)
                    .contains("Content-Length: " + get.text().getBytes(StandardCharsets.UTF_8).length + "\r\n");
            assertThat(answer).contains("Content-Type: application/json\r\n");
        }
    }

    @Test
    @DisplayName("3.1: HEAD of a log is answered at once, with the head of the stream, and the next request is served")
    void headOfALog() {
        var id = server.as(Who.READER)
                .post("/v1/tasks", "{\"goal\":\"look around\"}", "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        var next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        try (var connection = RawConnection.to(server.port())) {
            connection.send(head(Who.READER, "/v1/tasks/" + id + "/events") + "\r\n" + next);
            var answer = connection.readToEnd(Duration.ofSeconds(10));

            assertThat(WireTest.statuses(answer)).containsExactly(200, 200);
            assertThat(answer).contains("Content-Type: application/x-ndjson\r\n", "X-Accel-Buffering: no\r\n");
            assertThat(answer).contains("Cache-Control: no-store, no-transform\r\n");
            assertThat(answer).doesNotContain("\"type\"").endsWith("{\"ok\":true}");
        }
    }

    @Test
    @DisplayName("3.2: what the parser refuses has the headers of every other answer")
    void refusalsOfTheParser() {
        var answer = RawConnection.exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");

        assertThat(answer).contains("X-Request-Id: req-", "X-Content-Type-Options: nosniff", "Cache-Control: no-store");
    }

    @Test
    @DisplayName("3.2: the listener of the stop answers in the same form")
    void refusalsOfTheStopListener() {
        var answer = RawConnection.exchange(server.stopPort(), "POST /v1/estop HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                .contains("WWW-Authenticate: Bearer realm=\"gatehouse\"\r\n")
                .contains("Content-Type: application/problem+json\r\n")
                .contains("X-Request-Id: req-")
                .contains("\"code\":\"unauthorized\"");
    }

    @Test
    @DisplayName("3.2: whoever is refused for a while is told when to come again")
    void retryAfter() {
        try (var full = TestServer.with().scripts(Scripts.CREEP).start()) {
            try (var events = full.as(Who.ACTUATOR).dispatch(Scripts.goal("creep"))) {
                events.await("accepted");
                var busy = full.as(Who.OTHER).post("/dispatch", Scripts.goal("x"));

                assertProblem(busy, 409, "busy");
                assertThat(busy.header("Retry-After")).matches("[1-9][0-9]*");
                assertThat(busy.json().path("retry_after_s").asInt())
                        .isEqualTo(Integer.parseInt(busy.header("Retry-After")));
            }
            full.as(Who.BUTTON).post("/v1/estop", "");
        }
    }

    @Test
    @DisplayName("T24.1: whatever a stranger asks, by whatever method, only healthz answers, and no header tells more")
    void crawl() {
        var paths = new TreeSet<String>();
        Contract.document().path("paths").propertyNames().forEach(path -> {
            var concrete = path.replaceAll("\\{\\w+}", "x");
            paths.add(concrete);
            paths.add(concrete.replaceFirst("^/v1", ""));
        });
        paths.addAll(List.of("/", "/docs", "/redoc", "/favicon.ico", "/v1/metrics", "/actuator/health"));
        for (var path : paths) {
            // Each path is asked for from an address of its own, so that none is refused for what others got wrong.
            var stranger = server.stranger();
            for (var method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
                var answer = stranger.unchecked(method, path);
                var what = method + " " + path + ": " + answer.text();
                if (path.equals("/healthz") && (method.equals("GET") || method.equals("HEAD"))) {
                    assertThat(answer.text()).as(what).isIn("", "{\"ok\":true}");
                } else {
                    assertThat(answer.status()).as(what).isIn(401, 404, 405);
                    assertThat(answer.text()).as(what).doesNotContain("sim", "claude", "development", "Helidon");
                }
                assertThat(answer.headers().keySet().stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)))
                        .as(what)
                        .isSubsetOf(TO_STRANGERS);
            }
        }
    }
}
