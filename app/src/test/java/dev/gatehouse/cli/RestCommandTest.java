package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code rest} (robot-md.md sections 7 and 9). */
class RestCommandTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private String manifest;

    @BeforeEach
    void copy() throws Exception {
        manifest = Files.copy(Path.of("..", "examples", "sim-arm", "ROBOT.md"), directory.resolve("ROBOT.md"))
                .toString();
    }

    private Path tokenFile(String content, String permissions) throws Exception {
        var file = Files.writeString(directory.resolve("bearer"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    @DisplayName("9: it says what it serves and where, answers with the bearer of a file, and ends on SIGTERM")
    void serves() throws Exception {
        var bearer = tokenFile(TOKEN + "\n", "rw-------").toString();
        try (var process =
                        CliProcess.start(List.of("rest", "--port", "0", "--bearer-file", bearer, "--path", manifest));
                var client = HttpClient.newHttpClient()) {
            var _ = process.await(("gatehouse rest: using --path " + manifest)::equals);
            var _ = process.await(("gatehouse rest: serving " + manifest + " as 'bench-arm'")::equals);
            var ready = process.await(line -> line.startsWith("gatehouse rest: ready on http://127.0.0.1:"));
            var url = URI.create(ready.substring(ready.indexOf("http")) + "/health");

            assertThat(client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            var asked = HttpRequest.newBuilder(url).header("Authorization", "Bearer " + TOKEN);
            assertThat(client.send(asked.build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"ok\":true,\"robot\":\"bench-arm\"}");
            process.signal("TERM");
            assertThat(process.exit(30)).isZero();
        }
    }

    @Test
    @DisplayName("9: port and bearer may come from variables, and a bad port is wrong usage")
    void variables() throws Exception {
        var variables = Map.of("PORT", "0", "GATEHOUSE_REST_BEARER", TOKEN);
        try (var process = CliProcess.start(variables, List.of("rest", "--host", "127.0.0.1", manifest))) {
            assertThat(process.await(line -> line.contains("ready on ")))
                    .doesNotContain(":8787", ":0")
                    .doesNotContain(TOKEN);
        }
        try (var process = CliProcess.start(Map.of("PORT", "http"), List.of("rest", manifest))) {
            var _ = process.await(line -> line.contains("PORT must be from 0 to 65535"));
            assertThat(process.exit(30)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("9: beyond loopback it does not start without a bearer")
    void beyondLoopback() {
        var run = CliRun.of("rest", "--host", "0.0.0.0", manifest);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("failed to start: 0.0.0.0 is reachable from other machines: a bearer is needed");
    }

    @Test
    @DisplayName("9: a token that others can read, or that can be guessed, is refused and not shown")
    void badTokens() throws Exception {
        var open =
                CliRun.of("rest", "--bearer-file", tokenFile(TOKEN, "rw-r--r--").toString(), manifest);
        assertThat(open.exit()).isEqualTo(1);
        assertThat(open.err()).contains("chmod 600").doesNotContain(TOKEN);

        var weak = CliRun.of(
                "rest", "--bearer-file", tokenFile("hunter2", "rw-------").toString(), manifest);
        assertThat(weak.exit()).isEqualTo(1);
        assertThat(weak.err()).contains("16 to 512 printable characters").doesNotContain("hunter2");
    }

    @Test
    @DisplayName("7: what cannot be read or parsed is exit 1, a bad port wrong usage")
    void refusals() throws Exception {
        Files.writeString(Path.of(manifest), "no manifest");
        assertThat(CliRun.of("rest", manifest).exit()).isEqualTo(1);
        assertThat(CliRun.of("rest", manifest).err()).contains("gatehouse rest: failed to start: no frontmatter found");
        assertThat(CliRun.of("rest", directory.resolve("nowhere").toString()).exit())
                .isEqualTo(1);
        Files.copy(Path.of("..", "examples", "sim-arm", "ROBOT.md"), directory.resolve("good.md"));
        assertThat(CliRun.of(
                                "rest",
                                "--port",
                                "70000",
                                directory.resolve("good.md").toString())
                        .exit())
                .isEqualTo(2);
    }
}
