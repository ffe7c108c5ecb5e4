package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What proxies say, and what those say who only claim to be one (threats.md T25.2); how an order came here (3.2). */
class ProxyTest {
    private static final String GOAL = "{\"goal\":\"look around\"}";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final int TOO_MANY = 12;

    private static JsonNode arrival(TestServer server, String... headers) {
        var answer = server.as(Who.READER).post("/v1/tasks", GOAL, join(headers));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var id = answer.json().path("id").asString();
        return server.audited("task_created", id).path("arrival");
    }

    private static String[] join(String... headers) {
        var out = new java.util.ArrayList<>(List.of("Prefer", "respond-async"));
        out.addAll(List.of(headers));
        return out.toArray(String[]::new);
    }

    @Test
    @DisplayName("T25.2: whoever comes straight cannot say that somebody else asks")
    void forged() {
        try (var server = TestServer.start()) {
            var said = arrival(
                    server,
                    "X-Forwarded-For",
                    "192.0.2.9",
                    "Forwarded",
                    "for=192.0.2.9",
                    "Tailscale-User-Login",
                    "anna@example.com");

            assertThat(said.path("through_proxy").booleanValue()).isFalse();
            assertThat(said.has("proxy_user")).isFalse();
        }
    }

    @Test
    @DisplayName("D17.8: what the configured proxy says of its user is on record")
    void believed() {
        try (var server = TestServer.with().behind("127.0.0.1").start()) {
            var said = arrival(server, "Tailscale-User-Login", "anna@example.com");

            assertThat(said.path("through_proxy").booleanValue()).isTrue();
            assertThat(said.path("proxy_user").asString()).isEqualTo("anna@example.com");
            assertThat(arrival(server, "Tailscale-User-Login", "anna smith").has("proxy_user"))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("T25.2: no header of a proxy authenticates anybody")
    void neverAuthenticates() {
        try (var server = TestServer.with().behind("127.0.0.1").start()) {
            var answer = Caller.doubtfulFrom("127.0.0.1", server.url())
                    .get("/v1/whoami", "Tailscale-User-Login", "anna@example.com", "X-Forwarded-User", "admin");

            assertProblem(answer, 401, "unauthorized");
        }
    }

    @Test
    @DisplayName("T7.3, T25.2: failures are counted for the address the proxy names last, not for one a caller made up")
    void failuresThroughAProxy() {
        try (var server = TestServer.with().behind("127.0.0.1").start()) {
            var proxy = Caller.doubtfulFrom("127.0.0.1", server.url());
            for (var i = 0; i < TOO_MANY; i++) {
                proxy.get("/v1/whoami", "X-Forwarded-For", "192.0.2." + i + ", 198.51.100.1");
            }

            assertProblem(proxy.get("/v1/whoami", "X-Forwarded-For", "198.51.100.1"), 429, "too_many_failures");
            assertProblem(proxy.get("/v1/whoami", "X-Forwarded-For", "198.51.100.2"), 401, "unauthorized");
        }
    }

    @Test
    @DisplayName("T7.3, T25.2: a forged address does not escape the count of failures")
    void failuresStraight() {
        try (var server = TestServer.start()) {
            var stranger = server.stranger();
            for (var i = 0; i < TOO_MANY; i++) {
                stranger.get("/v1/whoami", "X-Forwarded-For", "192.0.2." + i);
            }

            assertProblem(stranger.get("/v1/whoami", "X-Forwarded-For", "192.0.2.77"), 429, "too_many_failures");
        }
    }

    @Test
    @DisplayName("3.2: trace context is kept on the task and in the audit, and a malformed one is ignored")
    void traceContext() {
        try (var server = TestServer.start()) {
            var audited = arrival(server, "traceparent", TRACE, "tracestate", "rojo=1");
            assertThat(audited.path("traceparent").asString()).isEqualTo(TRACE);
            assertThat(audited.path("tracestate").asString()).isEqualTo("rojo=1");

            var task = server.as(Who.READER)
                    .post("/v1/tasks", GOAL, join("traceparent", TRACE))
                    .json();
            assertThat(server.as(Who.READER)
                            .get("/v1/tasks/" + task.path("id").asString())
                            .json()
                            .at("/trace/traceparent")
                            .asString())
                    .isEqualTo(TRACE);

            assertThat(arrival(server, "traceparent", "00-zz", "tracestate", "rojo=1")
                            .has("traceparent"))
                    .isFalse();
        }
    }
}
