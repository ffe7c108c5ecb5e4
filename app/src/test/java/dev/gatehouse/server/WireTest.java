package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server does with bytes that no honest client sends (threats.md T11.1). */
class WireTest {
    private static final String AUTH = "Authorization: Bearer " + Who.ACTUATOR.token() + "\r\n";
    private static final String KEY = "X-Anthropic-Api-Key: " + Caller.KEY + "\r\n";
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

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

    /** A request, and what a smuggler would like to be taken for the next one. */
    record Case(String name, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case post(String name, String headers, String body) {
        return new Case(name, "POST /dispatch HTTP/1.1\r\n" + headers + "\r\n" + body);
    }

    static Stream<Case> refused() {
        var ok = HOST + AUTH + KEY + JSON;
        return Stream.of(
                post("two different Content-Length", ok + "Content-Length: 2\r\nContent-Length: 3\r\n", "{}x"),
                post("two equal Content-Length", ok + "Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
                post("a list of lengths", ok + "Content-Length: 2, 2\r\n", "{}"),
                post(
                        "Content-Length and Transfer-Encoding",
                        ok + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                        "0\r\n\r\n"),
                post(
                        "Transfer-Encoding and Content-Length",
                        ok + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                        "0\r\n\r\n"),
                post(
                        "two Transfer-Encoding",
                        ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                        "0\r\n\r\n"),
                post("unknown transfer coding", ok + "Transfer-Encoding: gzip\r\n", "0\r\n\r\n"),
                post("coding before chunked", ok + "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                post("coding after chunked", ok + "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
                post("space in the coding", ok + "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
                post("signed length", ok + "Content-Length: +2\r\n", "{}"),
                post("negative length", ok + "Content-Length: -2\r\n", "{}"),
                post("hexadecimal length", ok + "Content-Length: 0x2\r\n", "{}"),
                post("length beyond a long", ok + "Content-Length: 99999999999999999999\r\n", "{}"),
                post("empty length", ok + "Content-Length: \r\n", "{}"),
                post("bad chunk size", ok + "Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"),
                post("negative chunk size", ok + "Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n"),
                post("chunk size beyond an int", ok + "Transfer-Encoding: chunked\r\n", "fffffffff\r\n{}\r\n0\r\n\r\n"),
                post("chunk longer than said", ok + "Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n"),
                post("bare LF after a chunk size", ok + "Transfer-Encoding: chunked\r\n", "2\n{}\r\n0\r\n\r\n"),
                post(
                        "bare LF in a chunk extension",
                        ok + "Transfer-Encoding: chunked\r\n",
                        "2;a\nb\r\n{}\r\n0\r\n\r\n"),
                post("two Host", HOST + HOST + AUTH + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post(
                        "two different Host",
                        HOST + "Host: evil.example\r\n" + AUTH + KEY + JSON + "Content-Length: 2\r\n",
                        "{}"),
                post("no Host", AUTH + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post("empty Host", "Host: \r\n" + AUTH + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post("two Authorization", HOST + AUTH + AUTH + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post("two key headers", HOST + AUTH + KEY + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post("two media types", HOST + AUTH + KEY + JSON + JSON + "Content-Length: 2\r\n", "{}"),
                post("folded header", HOST + AUTH + KEY + JSON + "X-A: 1\r\n 2\r\nContent-Length: 2\r\n", "{}"),
                post("folded with a tab", HOST + AUTH + KEY + JSON + "X-A: 1\r\n\t2\r\nContent-Length: 2\r\n", "{}"),
                post("space before the colon", HOST + AUTH + KEY + JSON + "X-A : 1\r\nContent-Length: 2\r\n", "{}"),
                post("tab before the colon", HOST + AUTH + KEY + JSON + "X-A\t: 1\r\nContent-Length: 2\r\n", "{}"),
                post("space before the name", " X-A: 1\r\n" + ok + "Content-Length: 2\r\n", "{}"),
                post("header without a colon", HOST + AUTH + "X-A\r\nContent-Length: 2\r\n", "{}"),
                post("header without a name", HOST + AUTH + ": 1\r\nContent-Length: 2\r\n", "{}"),
                post("line break by LF only", "Host: 127.0.0.1\n" + AUTH + KEY + JSON + "Content-Length: 2\r\n", "{}"),
                post("CR inside a value", HOST + AUTH + KEY + JSON + "X-A: a\rb\r\nContent-Length: 2\r\n", "{}"),
                post("NUL inside a value", HOST + AUTH + KEY + JSON + "X-A: a\0b\r\nContent-Length: 2\r\n", "{}"),
                post("non-token header name", HOST + AUTH + KEY + JSON + "X(A): b\r\nContent-Length: 2\r\n", "{}"),
                new Case("request line by LF", "GET /healthz HTTP/1.1\nHost: 127.0.0.1\r\n\r\n"),
                new Case("non-token method", "G(T /healthz HTTP/1.1\r\n" + HOST + "\r\n"),
                new Case("two spaces", "GET  /healthz HTTP/1.1\r\n" + HOST + "\r\n"),
                new Case("no version", "GET /healthz\r\n" + HOST + "\r\n"),
                new Case("HTTP/1.0", "GET /healthz HTTP/1.0\r\n" + HOST + "\r\n"),
                new Case("HTTP/2.0 in the line", "GET /healthz HTTP/2.0\r\n" + HOST + "\r\n"),
                new Case("NUL in the path", "GET /health\0z HTTP/1.1\r\n" + HOST + "\r\n"),
                new Case("not HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("T11.1: what two parsers could read in two ways is refused, and the connection is closed")
    void ambiguousRequestsEndTheConnection(Case attack) {
        var tasks = tasks();
        var smuggled = "GET /healthz HTTP/1.1\r\n" + HOST + "\r\n";

        var answer = RawConnection.exchange(server.port(), attack.request() + smuggled);

        assertThat(statuses(answer)).as(answer).allMatch(status -> status == 400);
        assertThat(statuses(answer).size()).as(answer).isLessThanOrEqualTo(1);
        assertThat(answer).doesNotContain("{\"ok\":true}");
        assertThat(tasks()).isEqualTo(tasks);
    }

    @Test
    @DisplayName("T11.1: a header block of more than 16 KiB is 431")
    void hugeHeaders() {
        var request = "GET /healthz HTTP/1.1\r\n" + HOST + "X-A: " + "a".repeat(17_000) + "\r\n\r\n";

        assertThat(statuses(RawConnection.exchange(server.port(), request))).containsExactly(431);
    }

    @Test
    void manySmallHeadersAreTooManyAsWell() {
        var request = "GET /healthz HTTP/1.1\r\n" + HOST + "X-A: a\r\n".repeat(3000) + "\r\n";

        assertThat(statuses(RawConnection.exchange(server.port(), request))).containsExactly(431);
    }

    @Test
    void anEndlessRequestLineIsRefused() {
        var request = "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n" + HOST + "\r\n";

        assertThat(statuses(RawConnection.exchange(server.port(), request)))
                .allMatch(status -> status >= 400 && status < 500);
    }

    @Test
    @DisplayName("what the server itself refuses has the form of every other problem")
    void directRefusalsAreProblems() {
        var answer = RawConnection.exchange(server.port(), "GET /healthz HTTP/1.1\r\n\r\n");

        assertThat(answer).contains("application/problem+json").contains("\"code\":\"bad_request\"");
        assertThat(answer).contains("urn:gatehouse:problem:bad_request").contains("\"request_id\":\"req-");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("helidon")
                .doesNotContain("exception");
    }

    @Test
    void twoRequestsInOnePacketAreAnsweredInOrder() {
        var request = "GET /healthz HTTP/1.1\r\n" + HOST + "\r\nGET /nothing HTTP/1.1\r\n" + HOST
                + "Connection: close\r\n\r\n";

        assertThat(statuses(RawConnection.exchange(server.port(), request))).containsExactly(200, 404);
    }

    static List<Integer> statuses(String answer) {
        return Arrays.stream(answer.split("(?=HTTP/1\\.1 [0-9]{3})", -1))
                .filter(part -> part.startsWith("HTTP/1.1 "))
                .map(part -> Integer.parseInt(part.substring(9, 12)))
                .toList();
    }

    private static int tasks() {
        return server.as(Who.ADMIN)
                .get("/v1/tasks?limit=200")
                .json()
                .path("tasks")
                .size();
    }
}
