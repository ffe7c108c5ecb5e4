package dev.gatehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.manifest.ManifestParser;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and how much they may send (robot-md.md section 9). */
class DoorwayTest {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String PAGE = "https://pages.example";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Bench open() {
        return Bench.of(directory, Bench.fixture("minimal"));
    }

    private Bench with(RestConfig config) {
        return Bench.of(directory, Bench.fixture("minimal"), config);
    }

    private static RestConfig guarded() {
        return Bench.config(Bearer.of(TOKEN), Set.of(), Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8787, 200",
        "127.0.0.1:1, 200",
        "[::1]:8787, 200",
        "robot.example, 200",
        "robot.example:8787, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "192.0.2.1, 403"
    })
    @DisplayName("9: a Host other than loopback or configured is 403, so that no page can make its own name ours")
    void hosts(String host, int status) {
        try (var bench = with(Bench.config(Optional.empty(), Set.of("robot.example"), Set.of()))) {
            assertThat(bench.raw("GET /health HTTP/1.1", "Host: " + host, "Connection: close"))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 200",
        "https://127.0.0.1, 200",
        "http://[::1]:5173, 200",
        "https://pages.example, 200",
        "http://pages.example, 403",
        "https://evil.example, 403",
        "http://localhost.evil.example, 403",
        "http://localhost@evil.example, 403",
        "file://localhost, 403",
        "null, 403",
        "localhost, 403",
        "%%%, 403"
    })
    @DisplayName("9: an Origin other than loopback or configured is 403")
    void origins(String origin, int status) {
        try (var bench = with(Bench.config(Optional.empty(), Set.of(), Set.of(PAGE)))) {
            assertThat(bench.send("GET", "/health", "", "Origin", origin).statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    @DisplayName("9: no CORS unless configured; what is configured may preflight and read")
    void crossOrigin() {
        try (var bench = with(Bench.config(Bearer.of(TOKEN), Set.of(), Set.of(PAGE)))) {
            var preflight = bench.send("OPTIONS", "/validate", "", "Origin", PAGE);
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(PAGE);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                    .contains("Authorization, Content-Type");
            var answer = bench.send("GET", "/health", "", "Origin", PAGE, "Authorization", "Bearer " + TOKEN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(PAGE);
            assertThat(answer.headers().firstValue("Vary")).contains("Origin");
            assertThat(bench.send("GET", "/health", "", "Origin", PAGE).statusCode())
                    .isEqualTo(401);
        }
        try (var bench = open()) {
            var answer = bench.send("GET", "/health", "", "Origin", "http://localhost:3000");
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer correct-horse-battery-stapl",
                "Bearer correct-horse-battery-staple2",
                "Bearer Correct-Horse-Battery-Staple",
                "Basic correct-horse-battery-staple",
                "correct-horse-battery-staple"
            })
    @DisplayName("9: where a bearer is configured, every route needs exactly it")
    void bearer(String authorization) {
        try (var bench = with(guarded())) {
            for (var path : new String[] {"/health", "/openapi.json", "/robots/tin-mouse/safety", "/nowhere"}) {
                var answer = authorization.isEmpty()
                        ? bench.get(path)
                        : bench.send("GET", path, "", "Authorization", authorization);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
                assertThat(answer.body()).doesNotContain("correct");
            }
            assertThat(bench.send("GET", "/health", "", "Authorization", "bearer  " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("9: two Authorization headers are none")
    void twoBearers() {
        try (var bench = with(guarded())) {
            var header = "Authorization: Bearer " + TOKEN;
            assertThat(bench.raw("GET /health HTTP/1.1", "Host: localhost", header, header, "Connection: close"))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    @DisplayName("9: beyond loopback there is no bridge without a bearer")
    void beyondLoopback() {
        assertThatThrownBy(() -> new RestConfig("0.0.0.0", 0, Set.of(), Set.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Bearer.of("too-short")).isEmpty();
        assertThat(Bearer.of("with a blank in it")).isEmpty();
        assertThat(new RestConfig("0.0.0.0", 0, Set.of(), Set.of(), Bearer.of(TOKEN)).bearer())
                .isPresent();
    }

    @Test
    @DisplayName("9: a body of one mebibyte is read, one byte more is 413, announced or not")
    void size() {
        var rest = "x".repeat(ManifestParser.MAX_BYTES - 8);
        try (var bench = open()) {
            assertThat(bench.send("POST", "/validate", "---\n---\n" + rest).body())
                    .contains("frontmatter block is empty");
            assertThat(bench.send("POST", "/validate", "---\n---\n" + rest + "x")
                            .statusCode())
                    .isEqualTo(413);
            assertThat(bench.raw(
                            "POST /render HTTP/1.1",
                            "Host: localhost",
                            "Content-Length: " + (ManifestParser.MAX_BYTES + 1)))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(bench.raw(
                            "POST /render HTTP/1.1",
                            "Host: localhost",
                            "Transfer-Encoding: chunked",
                            "",
                            "100002",
                            "x".repeat(0x100002)))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nContent-Length: 1\r\nContent-Length: 1",
                "Host: localhost\r\nContent-Length: x",
                "Host: localhost\r\nContent-Length: 99999999999999999999",
                "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3",
                "Host: localhost\r\nno header",
                "X: y"
            })
    @DisplayName("9: what is malformed is refused and ends the connection, in JSON and with nothing from inside")
    void malformed(String headers) {
        try (var bench = open()) {
            var answer = bench.raw("POST /validate HTTP/1.1", headers);

            assertThat(answer).matches("(?s)HTTP/1.1 (400|403|413) .*").doesNotContain("xception", "helidon");
            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        }
    }

    @Test
    @DisplayName("9: a body nobody reads is not taken for the next request")
    void smuggling() {
        try (var bench = open()) {
            var hidden = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
            var answer = bench.raw(
                    "POST /nowhere HTTP/1.1", "Host: localhost", "Content-Length: " + hidden.length(), "", hidden);

            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
            assertThat(answer).startsWith("HTTP/1.1 404 ");
        }
    }
}
