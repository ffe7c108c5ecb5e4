package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What is in the audit of a server, whatever was asked of it (threats.md T20.1, T20.4). */
@Timeout(120)
class RecordsTest {
    private static final String FORGED =
            "x\"}\r\n{\"v\":1,\"seq\":1,\"event\":\"estop_clear\"}\n\u2028\u2029\u0085\u001b[2J\u202e\u0000\\";

    private static List<String> lines(TestServer server) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.list(server.state().resolve("audit"))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                lines.addAll(List.of(Files.readString(file).split("\n")));
            }
        }
        return lines;
    }

    @Test
    @DisplayName("T20.1: a record that a caller writes into arguments, names and reasons stays text within theirs")
    void injection() throws Exception {
        try (var server = TestServer.start()) {
            var hostile = Json.line(Json.object().put("capability", FORGED).put(FORGED, FORGED));
            server.as(Who.ACTUATOR).post("/v1/tools/execute_capability", hostile);
            server.as(Who.READER)
                    .post("/v1/tools/vision_find", Json.line(Json.object().put("descriptor_id", FORGED)));
            server.as(Who.READER).post("/v1/tools/%0A%7B%22event%22:%22estop_clear%22%7D", "{}");
            server.as(Who.BUTTON).post("/v1/estop", Json.line(Json.object().put("reason", FORGED)));
            server.as(Who.READER).run(Json.line(Json.object().put("goal", "look around\n" + FORGED.substring(1, 40))));
            server.stop();

            var expected = 1L;
            for (var line : lines(server)) {
                var record = Json.read(line);
                assertThat(record.path("seq").longValue()).isEqualTo(expected++);
                assertThat(record.path("event").asString()).as(line).isNotEqualTo("estop_clear");
                assertThat(line.codePoints())
                        .as(line)
                        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0x202e);
            }
            assertThat(String.join("", lines(server))).contains("estop_clear");
        }
    }

    @Test
    @DisplayName("T20.4: denials, refusals, approvals, stops and outcomes are recorded, though nothing is logged")
    void nothingIsMissing() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        root.setLevel(Level.OFF);
        try (var server = TestServer.with()
                .policy("tools: {execute_capability: {approval: always}}\n")
                .start()) {
            server.withToken("nobody-nobody-nobody-nobody").get("/v1/whoami");
            move(server, Who.READER, "");
            server.decide(server.as(Who.APPROVER), asked(server), "deny");
            var token = server.agree(asked(server));
            assertThat(move(server, Who.ACTUATOR, ",\"confirm_token\":\"" + token + "\"")
                            .at("/result/status")
                            .asString(""))
                    .isEqualTo("ok");
            server.as(Who.READER).run(goal("look around"));
            server.as(Who.BUTTON).post("/v1/estop", "");
            server.as(Who.ACTUATOR).post("/dispatch", goal("pick"));
            server.clear();
            server.stop();

            assertThat(server.audit("auth_failed")).hasSize(1);
            assertThat(said(server, "gate_deny", "/decision/code")).contains("tier_required");
            assertThat(server.audit("approval_requested")).hasSize(2);
            assertThat(said(server, "approval_decided", "/decision/behavior")).containsExactly("denied", "approved");
            assertThat(said(server, "tool_intent", "/effect")).contains("actuate");
            assertThat(said(server, "tool_outcome", "/effect")).contains("actuate");
            assertThat(server.audit("task_created")).hasSize(1);
            assertThat(said(server, "task_ended", "/outcome")).containsExactly("completed");
            assertThat(said(server, "task_refused", "/decision/code")).containsExactly("estop_latched");
            assertThat(server.audit("estop").toString()).contains("button");
            assertThat(server.audit("estop_clear")).hasSize(1);
        } finally {
            root.setLevel(level);
        }
    }

    private static JsonNode move(TestServer server, Who who, String more) {
        return server.as(who)
                .post("/v1/tools/execute_capability", "{\"capability\":\"arm.home\"" + more + "}")
                .json();
    }

    /** Asks for a motion; returns the question that a person is asked. */
    private static String asked(TestServer server) {
        return move(server, Who.ACTUATOR, "").at("/result/error/approval_id").asString("");
    }

    private static List<String> said(TestServer server, String event, String member) {
        return server.audit(event).stream()
                .map(record -> record.at(member).asString(""))
                .toList();
    }
}
