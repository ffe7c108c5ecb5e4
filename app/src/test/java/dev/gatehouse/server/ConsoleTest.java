package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console, as they are sent; what the page does with them is in {@code peers.BrowserTest} (ADR 0022). */
class ConsoleTest {
    private static final Path SOURCES = Path.of("src/main/resources/dev/gatehouse/web/console");

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

    private static Answer page() {
        return server.stranger().get("/console");
    }

    private static String place(String file) {
        return file.equals("index.html") ? "/console" : "/console/" + file;
    }

    /** Every file that is there, so that none is forgotten. */
    private static List<String> files() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    @DisplayName("Every file of the console is sent as it is, and says what it is")
    void sendsEveryFile() throws IOException {
        assertThat(files()).isNotEmpty();
        for (var file : files()) {
            var answer = server.stranger().get(place(file));

            assertThat(answer.status()).as(file).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(Files.readString(SOURCES.resolve(file)));
            assertThat(answer.header("Content-Type"))
                    .startsWith(
                            switch (file.substring(file.lastIndexOf('.'))) {
                                case ".html" -> "text/html";
                                case ".css" -> "text/css";
                                case ".js" -> "text/javascript";
                                default -> "image/svg+xml";
                            });
        }
    }

    @Test
    @DisplayName("T24.1: the page is the same for a stranger and an admin, and names neither robot nor version")
    void holdsNothing() throws IOException {
        for (var file : files()) {
            var answer = server.stranger().get(place(file));

            assertThat(answer.text())
                    .isEqualTo(server.as(Who.ADMIN).get(place(file)).text())
                    .doesNotContain("bench-arm")
                    .doesNotContain("SNAPSHOT")
                    .doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
            assertThat(answer.has("Server")).isFalse();
        }
    }

    @Test
    @DisplayName("The policy of the page lets nothing in but its own files, and no markup out of text")
    void policy() {
        var policy = page().header("Content-Security-Policy");

        assertThat(List.of(policy.split("; ", -1)))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "img-src 'self'",
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types 'none'");
        assertThat(page().header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page().header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page().header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page().header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    @DisplayName("The page needs nobody else: no file names another host, nothing is inline, no text becomes markup")
    void needsNobodyElse() throws IOException {
        var elsewhere = Pattern.compile("(?i)(https?:)?//[a-z]");
        var markup = Pattern.compile(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|new Function|"
                        + "localStorage|sessionStorage|document\\.cookie|<style|<script(?! type=\"module\" src=)| on[a-z]+=| style=");
        for (var file : files()) {
            var text = Files.readString(SOURCES.resolve(file)).replace("xmlns=\"http://www.w3.org/2000/svg\"", "");

            assertThat(elsewhere.matcher(text).find())
                    .as("%s names another host", file)
                    .isFalse();
            assertThat(markup.matcher(text).results().map(m -> m.group()).toList())
                    .as(file)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("The page is kept, but asked about again every time")
    void isNotSentTwice() {
        var etag = page().header("ETag");
        assertThat(etag).matches("\"[0-9a-f]{64}\"");
        assertThat(page().header("Cache-Control")).isEqualTo("no-cache");

        var again = server.stranger().get("/console", "If-None-Match", etag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(etag);
        assertThat(again.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.header("Content-Security-Policy")).isEqualTo(page().header("Content-Security-Policy"));
        assertThat(server.stranger()
                        .get("/console", "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("HEAD says how long the page is and sends none of it")
    void head() throws IOException {
        var length = Files.size(SOURCES.resolve("index.html"));

        assertThat(RawConnection.exchange(
                        server.port(), "HEAD /console HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: " + length + "\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/index.html",
                "/console/none.js",
                "/console/../console",
                "/console/..%2fRouteS",
                "/console/ConsoleRoutes.class",
                "/console.css",
                "/v1/console",
                "/Console"
            })
    @DisplayName("Nothing else is served there")
    void nothingElse(String path) {
        assertProblem(server.stranger().get(path), 404, "not_found");
    }

    @Test
    void isOnlyRead() {
        var answer = server.stranger().post("/console", "{}");

        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    @DisplayName("T11.2: the page is not sent under a name that is not ours")
    void foreignHost() {
        assertThat(WireTest.statuses(RawConnection.exchange(
                        server.port(), "GET /console HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")))
                .containsExactly(421);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080, 401",
        "localhost, https://localhost, 401",
        "[::1]:8080, http://[::1]:8080, 401",
        "localhost:8080, http://localhost:8081, 403",
        "localhost:8080, http://localhost, 403",
        "localhost:8080, http://127.0.0.1:8080, 403",
        "localhost:8080, http://localhost:8080.evil.example, 403",
        "localhost:8080, http://evil.example@localhost:8080, 403",
        "localhost:8080, ws://localhost:8080, 403",
        "localhost:8080, null, 403",
        "evil.example, http://evil.example, 421"
    })
    @DisplayName("T11.2: a page of this very server may ask, a page of any other may not, not even of another port")
    void sameOrigin(String host, String origin, int status) {
        var answer = RawConnection.exchange(
                server.port(),
                "POST /v1/estop HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(WireTest.statuses(answer)).containsExactly(status);
    }
}
