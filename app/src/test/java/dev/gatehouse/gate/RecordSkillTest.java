package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The tool {@code record_skill} at the gate (robot-md.md 10.11). */
@Timeout(60)
class RecordSkillTest {
    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private GateBench bench;

    @BeforeEach
    void open() {
        // No gate of the manifest wants it: the class needs a person whether or not the manifest thought of it.
        bench = new GateBench(
                directory,
                GateBench.Setup.standard()
                        .with(text -> text.replace(
                                "- scope: system\n      require_auth: true",
                                "- scope: system\n      require_auth: false")));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ToolResult record(Principal who, String arguments) throws InterruptedException {
        try {
            return bench.gate.call(who, bench.call("record_skill", (ObjectNode) Json.read(arguments)));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private String token(String arguments) throws InterruptedException {
        var asked = record(bench.mover(), arguments);
        assertThat(reason(asked)).contains("hitl_gate");
        var error = asked.structured().orElseThrow().path("error");
        assertThat(error.path("scope").asString("")).isEqualTo("system");
        var question =
                bench.approvals.find(error.path("approval_id").asString("")).orElseThrow();
        var taken = (Decision.Taken) bench.approvals.decide(
                question.id(), bench.approver(), true, question.binding().argumentsSha256(), "");
        return taken.confirmToken().orElseThrow().reveal();
    }

    @Test
    @DisplayName("10.11, D16.4: agreed to, it is entered, and the changed file is held to without a reload")
    void entered() throws Exception {
        var before = bench.manifest.pin();
        var token = token("{\"skill_id\": \"tidy\", \"blocked_by\": [\"light\"], \"notes\": \"at dusk\"}");

        var result = record(
                bench.mover(),
                "{\"skill_id\": \"tidy\", \"blocked_by\": [\"light\"], \"notes\": \"at dusk\", \"confirm_token\": \"%s\"}"
                        .formatted(token));

        var body = result.structured().orElseThrow();
        assertThat(result.outcome()).as(result.text()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(body.path("count").intValue()).isEqualTo(1);
        assertThat(bench.skills.entered).singleElement().satisfies(skill -> {
            assertThat(skill.status()).isEqualTo("ok");
            assertThat(skill.blockedBy().orElseThrow()).containsExactly("light");
            assertThat(skill.validated()).isEmpty();
        });
        assertThat(bench.manifest.pin())
                .isNotEqualTo(before)
                .isEqualTo(body.path("manifest_sha256").asString(""));
        assertThat(bench.gate.call(bench.mover(), bench.pick()).outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"skill_id\": \"Tidy\"}",
                "{\"skill_id\": \"-x\"}",
                "{\"skill_id\": \"tidy\\n\"}",
                "{\"skill_id\": \"x\", \"status\": \"fine\"}",
                "{\"skill_id\": \"x\", \"validated\": \"all\"}",
                "{\"skill_id\": \"x\", \"blocked_by\": [1]}",
                "{\"skill_id\": \"x\", \"notes\": \"two\\nlines\"}",
                "{\"skill_id\": \"x\", \"notes\": \"\\u0085\"}",
                "{\"skill_id\": \"x\", \"recorded_at\": \"2020-01-01\"}"
            })
    @DisplayName("10.11: what is not a skill is not asked about")
    void badArguments(String arguments) throws Exception {
        assertThat(reason(record(bench.mover(), arguments))).contains("bad_args");
        assertThat(bench.approvals.list()).isEmpty();
    }

    @Test
    @DisplayName("10.11: while somebody holds the robot it is busy, because the write would stop the motion")
    void busy() throws Exception {
        var token = token("{\"skill_id\": \"tidy\"}");
        bench.lease.take("tsk-1");

        var result = record(bench.mover(), "{\"skill_id\": \"tidy\", \"confirm_token\": \"%s\"}".formatted(token));

        assertThat(reason(result)).contains("busy");
        assertThat(bench.skills.entered).isEmpty();
    }

    @Test
    @DisplayName("6.2, T2.3: a reader may not, a task may not, and without a record nothing is written")
    void denied() throws Exception {
        var call = bench.call("record_skill", Json.object().put("skill_id", "tidy"));
        assertThat(reason(bench.gate.call(bench.reader(), call))).contains("role_required");
        assertThat(reason(bench.gate.call(bench.mover(), new Scope(bench), call)))
                .contains("effect_ceiling");

        var token = token("{\"skill_id\": \"tidy\"}");
        bench.disk.fill();
        var result = record(bench.mover(), "{\"skill_id\": \"tidy\", \"confirm_token\": \"%s\"}".formatted(token));
        assertThat(reason(result)).contains("audit_unavailable");
        assertThat(bench.skills.entered).isEmpty();
        assertThat(bench.lease.holder()).isEmpty();
    }
}
