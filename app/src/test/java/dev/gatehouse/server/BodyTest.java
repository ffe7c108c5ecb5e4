package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a request: its type, its size, its time, its syntax (dispatcher.md 3.3 steps 7 and 8, D3.5). */
class BodyTest {
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

    private static String authorized() {
        return "Host: localhost\r\nAuthorization: Bearer " + Who.READER.token() + "\r\n";
    }

    @Test
    void continueIsSaidOnlyWhenTheBodyIsWanted() {
        var body = "{\"goal\":\"look around\"}";
        try (var connection = RawConnection.to(server.port())) {
            connection.send("POST /v1/tasks HTTP/1.1\r\n" + authorized()
                    + "Content-Type: application/json\r\nPrefer: respond-async\r\nConnection: close\r\nExpect: 100-continue\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n");
            assertThat(connection.readLine(java.time.Duration.ofSeconds(5))).isEqualTo("HTTP/1.1 100 Continue");
            connection.send(body);
            assertThat(connection.readToEnd(java.time.Duration.ofSeconds(10))).contains("HTTP/1.1 202");
        }
    }

    @Test
    @DisplayName("3.3 step 8: a body of 65,536 bytes is read, one more is 413, announced or not")
    void bodySize() {
        var fits = "{\"goal\":\"x\",\"pad\":\"" + "a".repeat(65_536 - 21) + "\"}";
        assertThat(fits).hasSize(65_536);
        assertThat(reader().post("/v1/tasks", fits, "Prefer", "respond-async").status())
                .isEqualTo(202);
        assertProblem(reader().post("/v1/tasks", fits + " ", "Prefer", "respond-async"), 413, "too_large");

        var chunked = RawConnection.exchange(
                server.port(),
                "POST /v1/tasks HTTP/1.1\r\n" + authorized()
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "11000\r\n" + " ".repeat(0x11000) + "\r\n0\r\n\r\n");
        assertThat(WireTest.statuses(chunked)).containsExactly(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json-patch+json",
                "json",
                "multipart/form-data"
            })
    @DisplayName("T11.2: what a form of another site can send is no JSON, and is not read as such")
    void otherMediaTypes(String type) {
        assertProblem(reader().post("/dispatch", GOAL, "Content-Type", type), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "APPLICATION/JSON", "application/json; charset=utf-8", "application/json;x=y"
            })
    void theMediaTypeMayHaveParameters(String type) {
        var answer = reader().post("/v1/tasks", GOAL, "Content-Type", type, "Prefer", "respond-async");

        assertThat(answer.status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "nul",
                "{\"goal\":\"x\"",
                "{\"goal\":\"x\"}}",
                "{\"goal\":\"x\"} {}",
                "{\"goal\":\"x\",}",
                "{'goal':'x'}",
                "{goal:\"x\"}",
                "{\"goal\":\"x\"}//",
                "{\"goal\":\"a\",\"goal\":\"b\"}",
                "{\"goal\":\"x\",\"max_budget_usd\":NaN}",
                "{\"goal\":\"x\",\"max_budget_usd\":Infinity}",
                "{\"goal\":\"x\",\"max_turns\":+1}",
                "{\"goal\":\"x\",\"max_turns\":01}",
                "{\"goal\":\"\\ud800\"}",
                "{\"goal\":\"x\",\"n\":\"\\udc00\"}",
                "{\"goal\":\"\\x41\"}",
                "{\"goal\":\"a\nb\"}",
                "\"goal\"",
                "[]",
                "1",
                "null",
                "true"
            })
    @DisplayName("D3.5: bodies that are not one well-formed JSON object are 422")
    void badJson(String body) {
        var answer = reader().post("/dispatch", body);

        assertProblem(answer, 422, "invalid_request");
        assertThat(answer.json().path("errors").isArray()).isTrue();
    }

    @Test
    void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
        assertProblem(reader().post("/dispatch", "[".repeat(60_000)), 422, "invalid_request");
        assertProblem(reader().post("/dispatch", "{\"a\":".repeat(10_000)), 422, "invalid_request");
    }

    @Test
    void bodiesThatAreNotUtf8() {
        for (var bytes : List.of(
                new byte[] {'{', '"', 'g', 'o', 'a', 'l', '"', ':', '"', (byte) 0xe4, '"', '}'},
                new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
                "{\"goal\":\"x\"}".getBytes(StandardCharsets.UTF_16))) {
            assertProblem(reader().sendBytes("POST", "/dispatch", bytes), 422, "invalid_request");
        }
    }
}
