package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.ArtifactFiles;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.toolserver.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is kept of tasks beside their events, and who gets it (dispatcher.md 3.1, 4.2, 14; engines.md E2.12). */
@Timeout(120)
class ArtifactTest {
    private static final String PHOTO = script("photo", "[{call: [{tool: render, args: {do: image}}]}, {say: seen}]");
    private static final String ESSAY = script("essay", "[{call: [{tool: render, args: {do: long}}]}, {say: read}]");
    private static final String OBSERVE = ",\"effect\":\"observe\"";

    private static ToolServerBench bench(String policy) {
        return ToolServerBench.start(TestServer.with().policy(policy).scripts(PHOTO, ESSAY), program -> {});
    }

    private static Log run(ToolServerBench bench, String goal) {
        var log = bench.server().as(Who.WATCHER).run(goal(goal, OBSERVE)).assertWhole();
        assertThat(log.status()).isEqualTo("completed");
        return log;
    }

    private static List<Path> files(ToolServerBench bench) throws IOException {
        try (var files = Files.list(bench.server().state().resolve(ArtifactFiles.DIRECTORY))) {
            return files.toList();
        }
    }

    private static JsonNode only(Log log) {
        assertThat(log.ofType("artifact")).hasSize(1);
        return log.ofType("artifact").getFirst();
    }

    @Test
    @DisplayName("E2.12, T27.1: nothing is kept unless the policy says so")
    void nothing() throws IOException {
        try (var bench = bench("gaps: ask\n")) {
            var log = run(bench, "photo");

            assertThat(log.ofType("artifact")).isEmpty();
            assertThat(log.result().path("artifacts")).isEmpty();
            assertThat(files(bench)).isEmpty();
        }
    }

    @Test
    @DisplayName("4.2, 14: a picture is kept under its hash, told in an event and in the result, and fetched whole")
    void picture() throws IOException {
        try (var bench = bench("artifacts: {keep: [pictures]}\n")) {
            var log = run(bench, "photo");

            var artifact = only(log);
            assertThat(artifact.path("name").asString("")).matches("cal-[a-z0-9]+-1\\.png");
            assertThat(artifact.path("bytes").asInt()).isEqualTo(StandIn.PICTURE);
            assertThat(log.types().indexOf("artifact"))
                    .isGreaterThan(log.types().indexOf("tool_result"));
            var listed = log.result().path("artifacts").get(0);
            assertThat(listed.path("href")).isEqualTo(artifact.path("href"));
            var file = files(bench).getFirst();
            assertThat(file.getFileName()).hasToString(listed.path("sha256").asString(""));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            var answer = bench.server().as(Who.WATCHER).get(listed.path("href").asString(""));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(CanonicalJson.sha256(answer.text().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(listed.path("sha256").asString(""));
            assertThat(answer.header("Content-Type")).isEqualTo("image/png");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"" + artifact.path("name").asString("") + "\"");

            run(bench, "photo");
            assertThat(files(bench)).as("the same bytes are kept once").hasSize(1);
        }
    }

    @Test
    @DisplayName("T27.1, D3.1: the bytes are for credentials with stream full, and for nobody else's task")
    void whose() {
        try (var bench = bench("artifacts: {keep: [pictures]}\n")) {
            var href = only(run(bench, "photo")).path("href").asString("");
            var own = bench.server().as(Who.READER).run(goal("photo", OBSERVE));
            var ownHref = only(own).path("href").asString("");

            assertThat(bench.server().as(Who.READER).get(ownHref).code()).isEqualTo("over_limit");
            var foreign = bench.server().as(Who.READER).get(href);
            assertThat(foreign.status()).isEqualTo(404);
            var missing = bench.server().as(Who.READER).get("/v1/tasks/tsk-none/artifacts/x.png");
            assertThat(foreign.textWithoutRequestId()).isEqualTo(missing.textWithoutRequestId());
            for (var name : List.of("x.png", "..%2f..%2ftasks.db", "%2e%2e")) {
                assertThat(bench.server()
                                .as(Who.WATCHER)
                                .get(href.substring(0, href.lastIndexOf('/') + 1) + name)
                                .status())
                        .as(name)
                        .isIn(400, 404);
            }
        }
    }

    @Test
    @DisplayName("E2.12, D4.6: a text that the log had to cut is kept whole, without the secrets in it")
    void longText() throws IOException {
        try (var bench = bench("artifacts: {keep: [results]}\n")) {
            var secret = Who.ACTUATOR.token();
            bench.program().says("word ".repeat(20_000) + secret + " end");
            var artifact = only(run(bench, "essay"));

            var text = bench.server()
                    .as(Who.WATCHER)
                    .get(artifact.path("href").asString(""))
                    .text();
            assertThat(text).hasSizeGreaterThan(100_000).endsWith(" end").contains("[redacted:");
            assertThat(text).doesNotContain(secret);
            assertThat(Files.readString(files(bench).getFirst())).isEqualTo(text);
            assertThat(run(bench, "photo").ofType("artifact"))
                    .as("pictures were not asked for")
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("4.2: what is too much, or cannot be written, is said in a warning, and the task goes on")
    void notKept() throws IOException {
        try (var bench = bench("artifacts: {keep: [pictures], task_mb: 1}\n")) {
            assertThat(run(bench, "photo").ofType("warning").toString()).contains("artifact_dropped");
            assertThat(files(bench)).isEmpty();
        }
        try (var bench = bench("artifacts: {keep: [pictures]}\n")) {
            Files.delete(bench.server().state().resolve(ArtifactFiles.DIRECTORY));

            var log = run(bench, "photo");

            assertThat(log.ofType("warning").toString()).contains("artifact_lost");
            assertThat(log.ofType("artifact")).isEmpty();
        }
    }

    @Test
    @DisplayName("14: bytes that are not what they were are not handed out")
    void tampered() throws IOException {
        try (var bench = bench("artifacts: {keep: [pictures]}\n")) {
            var href = only(run(bench, "photo")).path("href").asString("");
            Files.writeString(files(bench).getFirst(), "something else");

            assertThat(bench.server().as(Who.WATCHER).get(href).status()).isEqualTo(404);
        }
    }
}
