package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct calls over HTTP that need a person (dispatcher.md D7.5). */
@Timeout(120)
class DirectCallTest {
    private static TestServer server() {
        return TestServer.with()
                .policy("tools: {execute_capability: {approval: always}}\n")
                .start();
    }

    private static Answer call(TestServer server, String more) {
        return server.as(Who.ACTUATOR)
                .post("/v1/tools/execute_capability", "{\"capability\": \"arm.home\"%s}".formatted(more));
    }

    @Test
    @DisplayName(
            "10.3: asked, agreed to by somebody else, carried back, done; the token is in one answer and nowhere else")
    void theWholeWay() throws IOException {
        try (var server = server()) {
            var asked = call(server, "").json().path("result");
            var id = asked.path("error").path("approval_id").asString("");
            assertThat(asked.path("status").asString("")).isEqualTo("blocked");
            assertThat(server.as(Who.APPROVER)
                            .get("/v1/approvals?state=pending")
                            .json()
                            .path("approvals")
                            .get(0)
                            .path("id")
                            .asString(""))
                    .isEqualTo(id);

            var agreed = server.decide(server.as(Who.APPROVER), id, "approve");
            var token = agreed.json().path("confirm_token").asString("");
            assertThat(token).hasSize(43);
            assertThat(agreed.header("Cache-Control")).isEqualTo("no-store");
            assertThat(server.as(Who.APPROVER).get("/v1/approvals/" + id).text())
                    .doesNotContain("confirm_token");
            assertThat(server.decide(server.as(Who.APPROVER), id, "approve").status())
                    .isEqualTo(409);

            var moved = call(server, ", \"confirm_token\": \"" + token + "\"").json();
            assertThat(moved.path("result").path("status").asString("")).isEqualTo("ok");
            var again = call(server, ", \"confirm_token\": \"" + token + "\"").json();
            assertThat(again.path("result").path("error").path("reason").asString(""))
                    .isEqualTo("hitl_gate");
            server.stop();
            assertThat(server.audit().toString()).doesNotContain(token);
        }
    }

    @Test
    @DisplayName("D7.4: neither the caller, nor a stranger, nor an administrator agrees")
    void whoMayNot() {
        try (var server = server()) {
            var id = call(server, "")
                    .json()
                    .path("result")
                    .path("error")
                    .path("approval_id")
                    .asString("");
            for (var who : new Who[] {Who.ACTUATOR, Who.READER, Who.ADMIN}) {
                assertThat(server.decide(server.as(who), id, "approve").status())
                        .isEqualTo(403);
            }
            assertThat(server.decide(server.as(Who.CLEARER), id, "approve").status())
                    .as("for whoever has another right it does not exist")
                    .isEqualTo(404);
            assertThat(server.withToken("nobody-nobody-nobody-nobody")
                            .post("/v1/approvals/" + id, "{}")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    @DisplayName(
            "10.11, D16.4: an agreed skill is entered into ROBOT.md, nothing else changes, and the robot still moves")
    void recordSkill() throws IOException {
        try (var server = TestServer.start()) {
            var before = Files.readAllLines(server.manifest());
            var skill = "{\"skill_id\": \"tidy-up\", \"notes\": \"by day\"%s}";
            var asked = server.as(Who.ACTUATOR).post("/v1/tools/record_skill", skill.formatted(""));
            var id = asked.json()
                    .path("result")
                    .path("error")
                    .path("approval_id")
                    .asString("");
            var token = server.agree(id);

            var done = server.as(Who.ACTUATOR)
                    .post("/v1/tools/record_skill", skill.formatted(", \"confirm_token\": \"" + token + "\""));

            assertThat(done.json().path("result").path("count").intValue())
                    .as(done.text())
                    .isEqualTo(1);
            assertThat(Files.readAllLines(server.manifest())).containsSubsequence(before);
            assertThat(Files.readString(server.manifest()))
                    .contains("tidy-up", "by day")
                    .doesNotContain(token);
            var status = server.as(Who.READER).get("/v1/status").json().path("manifest");
            assertThat(status.path("changed").booleanValue()).isFalse();
            assertThat(status.path("valid").booleanValue()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"capture\": {}}, {\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"capture\": {}, \"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"capture\": {}, \"capture\": {}, \"move\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"execute_capability\": {\"capability\": \"arm.home\"}}"
            })
    @DisplayName("T4.1: a reader's discover with anything but pictures is refused, and nothing moves")
    void discover(String steps) {
        try (var server = TestServer.start()) {
            var answer = server.as(Who.READER).post("/v1/tools/discover", "{\"steps\": [" + steps + "]}");

            assertThat(server.audit("tool_intent")).isEmpty();
            assertThat(
                            answer.status() == 200
                                    ? answer.json()
                                            .path("result")
                                            .path("error")
                                            .path("reason")
                                            .asString("")
                                    : answer.code())
                    .isIn("tier_required", "bad_args", "invalid_request");
        }
    }

    @Test
    @DisplayName("D7.2: where the server can be reached stands in its state directory, for its owner, while it runs")
    void serverFile() throws IOException {
        try (var server = server()) {
            var file = server.state().resolve("server.json");
            var found = ServerFile.read(server.state()).orElseThrow();

            assertThat(found.url()).isEqualTo(server.url());
            assertThat(found.stopUrl()).contains("http://127.0.0.1:" + server.stopPort());
            assertThat(found.alive()).isTrue();
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            server.stop();
            assertThat(file).doesNotExist();
        }
    }
}
