package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool {@code estop_clear} (robot-md.md 10.8, dispatcher.md 6.2). */
@Timeout(60)
class EstopClearTest {
    private static final String ALLOWED = "{version: 1, mcp_estop_clear: true}";

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened by each test
    private GateBench bench;

    private void open(String policy) {
        bench = new GateBench(directory, GateBench.Setup.standard().under(policy));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ToolResult clear(Principal who, String token) throws InterruptedException {
        var arguments = Json.object();
        if (!token.isEmpty()) {
            arguments.put("confirm_token", token);
        }
        return bench.gate.call(who, bench.call("estop_clear", arguments));
    }

    private boolean latched() {
        return bench.robot.interlock().state().latched();
    }

    private static String id(ToolResult blocked) {
        return blocked.structured()
                .orElseThrow()
                .path("error")
                .path("approval_id")
                .asString("");
    }

    private Decision decide(String id, String token) {
        var question = bench.approvals.find(id).orElseThrow();
        return bench.approvals.decide(
                id, bench.who(token), true, question.binding().argumentsSha256(), "looked at it");
    }

    private String token(String id) {
        return ((Decision.Taken) decide(id, GateBench.CLEARER))
                .confirmToken()
                .orElseThrow()
                .reveal();
    }

    @Test
    @DisplayName("10.8: not latched: nothing to do, nobody asked, no token spent")
    void notLatched() throws Exception {
        open(ALLOWED);

        var body = clear(bench.mover(), "").structured().orElseThrow();

        assertThat(body.path("ok").booleanValue(false)).isTrue();
        assertThat(body.path("cleared_at").isNull()).isTrue();
        assertThat(body.path("was_set").booleanValue(true)).isFalse();
        assertThat(bench.approvals.list()).isEmpty();
    }

    @Test
    @DisplayName("6.2: by default the tool never clears and asks nobody, whoever calls it")
    void byDefault() throws Exception {
        open("version: 1");
        bench.robot.interlock().stop("anna", "");

        for (var who : new Principal[] {bench.mover(), bench.who(GateBench.BOSS), bench.who(GateBench.CLEARER)}) {
            var result = clear(who, "");
            var body = result.structured().orElseThrow();
            assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
            assertThat(body.path("ok").booleanValue(true)).isFalse();
            assertThat(reason(result)).contains("hitl_gate");
            assertThat(body.path("error").path("scope").asString("")).isEqualTo("system");
            assertThat(body.path("error").path("approval_id").isNull()).isTrue();
        }
        assertThat(bench.approvals.list()).isEmpty();
        assertThat(latched()).isTrue();
    }

    @Test
    @DisplayName(
            "D8.10: it takes a person with the role clear; the role approve is not enough, and does not even see the question")
    void whoDecides() throws Exception {
        open(ALLOWED);
        bench.robot.interlock().stop("anna", "");
        var asked = clear(bench.mover(), "");

        assertThat(decide(id(asked), GateBench.APPROVER)).isEqualTo(new Decision.Refused(Decision.Code.NOT_FOUND));
        assertThat(decide(id(asked), GateBench.READER)).isEqualTo(new Decision.Refused(Decision.Code.NOT_AN_APPROVER));
        assertThat(latched()).isTrue();

        var cleared = clear(bench.mover(), token(id(asked)));

        var body = cleared.structured().orElseThrow();
        assertThat(body.path("ok").booleanValue(false)).as(cleared.text()).isTrue();
        assertThat(body.path("cleared_at").asString("")).isNotEmpty();
        assertThat(latched()).isFalse();
        assertThat(bench.records("estop_clear")).hasSize(1);
        assertThat(bench.records("tool_intent").getLast().path("approval").asString(""))
                .isEqualTo(id(asked));
        assertThat(bench.driver.executed()).as("nothing resumes").isEmpty();
    }

    @Test
    @DisplayName("10.8: the token is for the latch that was seen; after another stop it opens nothing")
    void anotherLatch() throws Exception {
        open(ALLOWED);
        var first = bench.robot.interlock().stop("anna", "").latch().orElseThrow();
        var token = token(id(clear(bench.mover(), "")));
        bench.robot.interlock().clear(first.latchId(), "carla", "", true, () -> {});
        bench.robot.interlock().stop("bert", "");

        assertThat(reason(clear(bench.mover(), token))).contains("hitl_gate");
        assertThat(latched()).isTrue();
    }

    @Test
    @DisplayName("10.8: the token of one caller, and of another call, opens nothing")
    void otherHands() throws Exception {
        open(ALLOWED);
        bench.robot.interlock().stop("anna", "");
        var token = token(id(clear(bench.mover(), "")));

        assertThat(reason(clear(bench.who(GateBench.BOSS), token))).contains("hitl_gate");
        assertThat(latched()).isTrue();
    }

    @Test
    @DisplayName("6.2: in a task it is denied, and readers may not even ask")
    void denied() throws Exception {
        open(ALLOWED);
        bench.robot.interlock().stop("anna", "");
        var token = token(id(clear(bench.mover(), "")));
        var call = bench.call("estop_clear", Json.object().put("confirm_token", token));

        assertThat(reason(bench.gate.call(bench.mover(), new Scope(bench), call)))
                .contains("effect_ceiling");
        assertThat(reason(clear(bench.reader(), ""))).contains("role_required");
        assertThat(latched()).isTrue();
    }

    @Test
    @DisplayName("D14.7: what cannot be recorded does not clear")
    void unrecorded() throws Exception {
        open(ALLOWED);
        bench.robot.interlock().stop("anna", "");
        var token = token(id(clear(bench.mover(), "")));
        bench.disk.fill();

        assertThat(reason(clear(bench.mover(), token))).contains("audit_unavailable");
        assertThat(latched()).isTrue();
    }
}
