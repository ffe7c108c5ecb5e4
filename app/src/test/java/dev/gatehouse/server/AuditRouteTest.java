package dev.gatehouse.server;

import static dev.gatehouse.server.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The audit over HTTP (dispatcher.md 3.1, section 14). */
class AuditRouteTest {
    /** Waits until what was noted is on disk. */
    private static void worked(TestServer server) {
        server.as(Who.READER).run("{\"goal\":\"describe what you see\"}");
        await().until(() -> !server.audit("task_ended").isEmpty());
    }

    private static Path segment(TestServer server) throws IOException {
        try (var files = Files.list(server.state().resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @DisplayName("2.2: the audit is for admins")
    void forAdminsOnly() {
        try (var server = TestServer.start()) {
            assertProblem(server.as(Who.ACTUATOR).get("/v1/audit"), 403, "role_required");
            assertProblem(server.as(Who.APPROVER).get("/v1/audit"), 403, "role_required");
        }
    }

    @Test
    @DisplayName("D14.6: pages follow each other without a gap, and each says that it holds together")
    void pages() {
        try (var server = TestServer.start()) {
            worked(server);
            var onDisk = server.audit();
            var seen = new ArrayList<JsonNode>();
            for (var after = 0L;
                    seen.size() < onDisk.size();
                    after = seen.getLast().path("seq").longValue()) {
                var page = server.as(Who.ADMIN)
                        .get("/v1/audit?limit=2&after=" + after)
                        .json();
                page.path("records").forEach(seen::add);
                assertThat(page.path("records").size()).isBetween(1, 2);
                assertThat(page.path("next_after").longValue())
                        .isEqualTo(seen.getLast().path("seq").longValue());
                assertThat(page.at("/verification/result").asString()).isEqualTo("intact");
                assertThat(page.at("/verification/health").asString()).isEqualTo("ok");
            }
            assertThat(seen.subList(0, onDisk.size())).isEqualTo(onDisk);
        }
    }

    @Test
    @DisplayName("3.1: as lines for those who keep a copy")
    void lines() {
        try (var server = TestServer.start()) {
            worked(server);

            var answer = server.as(Who.ADMIN).get("/v1/audit?limit=1000", "Accept", "application/x-ndjson");

            assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
            var records = answer.text().lines().map(AuditRouteTest::json).toList();
            assertThat(records).startsWith(server.audit().toArray(JsonNode[]::new));
        }
    }

    private static JsonNode json(String line) {
        try {
            return Json.read(line);
        } catch (dev.gatehouse.json.MalformedJsonException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    @DisplayName("T20.2: a page that holds an edited record says so, and which one")
    void tampered() throws Exception {
        try (var server = TestServer.start()) {
            worked(server);
            var lines = new ArrayList<>(Files.readAllLines(segment(server)));
            lines.set(1, lines.get(1).replace("\"v\":1", "\"v\":1,\"w\":1"));
            Files.write(segment(server), lines);

            var page = server.as(Who.ADMIN).get("/v1/audit").json();

            assertThat(page.at("/verification/result").asString()).isEqualTo("tampered");
            assertThat(page.at("/verification/seq").longValue()).isEqualTo(2);
            assertThat(page.at("/verification/what").asString()).isEqualTo("hash_mismatch");
        }
    }

    @Test
    @DisplayName("T20.2: a page that misses a record says so")
    void removed() throws Exception {
        try (var server = TestServer.start()) {
            worked(server);
            var lines = new ArrayList<>(Files.readAllLines(segment(server)));
            lines.remove(1);
            Files.write(segment(server), lines);

            var verification = server.as(Who.ADMIN).get("/v1/audit").json().path("verification");

            assertThat(verification.path("what").asString()).isEqualTo("seq_gap");
            assertThat(verification.path("seq").longValue()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("T24.2: an audit that cannot be read is 503, and nothing is told of files")
    void unreadable() throws Exception {
        try (var server = TestServer.start()) {
            worked(server);
            var segment = segment(server);
            var kept = Files.readAllBytes(segment);
            Files.delete(segment);
            Files.createDirectory(segment);

            var answer = server.as(Who.ADMIN).get("/v1/audit");
            Files.delete(segment);
            Files.write(segment, kept);

            assertProblem(answer, 503, "audit_unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            for (var word : List.of("ndjson", "Exception", server.state().toString(), "directory")) {
                assertThat(answer.text()).doesNotContain(word);
            }
        }
    }
}
