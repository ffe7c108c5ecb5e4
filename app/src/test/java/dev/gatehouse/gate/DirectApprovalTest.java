package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A direct call that needs a person: it never waits, and a person's agreement is carried to it (D7.5, robot-md.md 10.3). */
@Timeout(60)
class DirectApprovalTest extends DirectCalls {
    @Test
    @DisplayName("10.3: it is told at once which question is open, and the question is listed like every other")
    void answersAtOnce() throws Exception {
        var result = call(bench.pick());

        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
        assertThat(error(result).path("reason").asString("")).isEqualTo("hitl_gate");
        assertThat(error(result).path("scope").asString("")).isEqualTo("arm");
        assertThat(error(result).path("scopes")).isEqualTo(Json.tree(List.of("arm")));
        assertThat(bench.approvals.list()).containsExactly(question(result));
        assertThat(question(result).state()).isEqualTo(Approval.State.PENDING);
        assertThat(question(result).toJson().path("task_id").isNull()).isTrue();
        assertThat(bench.records("approval_requested")).hasSize(1);
        assertThat(bench.records("gate_deny"))
                .extracting(r -> r.path("decision").path("code").asString(""))
                .containsExactly("hitl_required");
        assertNothingMoved();
    }

    @Test
    @DisplayName("10.3: the strictest scope is named first, then the others that cover the call")
    void scopes() throws Exception {
        bench.close();
        bench = new GateBench(
                directory,
                GateBench.Setup.standard()
                        .under("{version: 1, tools: {execute_capability: {approval: always}}}")
                        .with(text -> text.replace(
                                "    - scope: arm\n      require_auth: false",
                                "    - scope: arm\n      require_auth: false\n    - scope: destructive")));

        var result = call(bench.pick());

        assertThat(error(result).path("scope").asString("")).isEqualTo("destructive");
        assertThat(error(result).path("scopes")).isEqualTo(Json.tree(List.of("destructive", "arm", "(policy)")));
        assertThat(question(result).reasons()).containsExactly("hitl:destructive", "policy:execute_capability");
    }

    @Test
    @DisplayName("D7.5: with the token of an agreed question the repeated call goes ahead, once")
    void carried() throws Exception {
        var asked = call(bench.pick());
        var taken = (Decision.Taken) decide(question(asked), GateBench.APPROVER, true);
        var token = taken.confirmToken().orElseThrow().reveal();

        var moved = call(carrying(token));

        assertThat(moved.outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.driver.executed()).hasSize(1);
        assertThat(bench.records("tool_intent"))
                .extracting(r -> r.path("approval").asString(""))
                .containsExactly(taken.approval().id());
        assertThat(bench.records("approval_decided"))
                .singleElement()
                .satisfies(r -> assertThat(r.path("approver").asString("")).isEqualTo("anna"));

        var again = call(carrying(token));
        assertThat(reason(again)).contains("hitl_gate");
        assertThat(bench.driver.executed()).hasSize(1);
    }

    @Test
    @DisplayName("10.3: the token is spent when the person's gate is passed, also if a later step refuses")
    void spentByALaterRefusal() throws Exception {
        var token = agreed(bench.pick());
        var taken = bench.lease.take("tsk-other").orElseThrow();

        var busy = call(carrying(token));
        bench.lease.release(taken);

        assertThat(reason(busy)).contains("busy");
        assertRefused(carrying(token));
    }

    @Test
    @DisplayName("10.3: an earlier refusal does not spend it")
    void notSpentByAnEarlierRefusal() throws Exception {
        var token = agreed(bench.pick());
        bench.clock.set(java.time.Instant.parse("2027-06-01T00:00:00Z"));
        var principal = new Principal(
                bench.idOfMover, "mover", Tier.ACTUATE, java.util.Set.of(), CallerLimits.NONE, Surface.HTTP);
        assertThat(reason(call(principal, carrying(token)))).contains("credential_invalid");
        bench.clock.set(java.time.Instant.parse("2026-11-20T09:00:00Z"));

        assertThat(call(carrying(token)).outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("T6.2: it is good for these arguments, this tool and this dry_run, and for no other")
    void otherCalls() throws Exception {
        var token = agreed(bench.pick());

        assertRefused(carrying(token, bench.run("arm.home", Json.object())));
        assertRefused(carrying(token, bench.run("gripper.open", Json.object())));
        assertRefused(carrying(
                token, bench.call("execute_capability", bench.pick().arguments().put("dry_run", true))));
        assertThat(call(carrying(token)).outcome())
                .as("and what was tried has not spent it")
                .isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("10.6: a token for a dry run is not good for the real thing")
    void dryRunToken() throws Exception {
        var dry = bench.call("execute_capability", bench.pick().arguments().put("dry_run", true));
        var token = agreed(dry);

        assertRefused(carrying(token));
        assertThat(call(carrying(token, dry)).outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertNothingMoved();
    }

    @Test
    @DisplayName("T6.2: a token that was found or passed on is worth nothing in another hand")
    void otherCaller() throws Exception {
        var token = agreed(bench.pick());

        assertRefused(bench.who(GateBench.BOSS), carrying(token));
        assertThat(call(carrying(token)).outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("T6.2: it expires after 300 seconds")
    void expiry() throws Exception {
        var good = agreed(bench.pick());
        ticker.advance(Duration.ofSeconds(299));
        assertThat(call(carrying(good)).outcome()).isEqualTo(ToolResult.Outcome.OK);

        var late = agreed(bench.pick());
        ticker.advance(Duration.ofMinutes(5));
        bench.driver.executed().clear();
        assertRefused(carrying(late));
    }

    @Test
    @DisplayName(
            "10.5: a changed manifest voids tokens and open questions; going back to the old text does not revive the question")
    void changedManifest() throws Exception {
        var token = agreed(bench.pick());
        var open = question(call(bench.pick()));
        var before = Files.readString(bench.robotMd);
        Files.writeString(bench.robotMd, "\nA new line.\n", StandardOpenOption.APPEND);
        bench.manifest.reload();

        assertThat(decide(open, GateBench.APPROVER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.APPROVAL_MISMATCH));
        assertRefused(carrying(token));
        assertThat(bench.approvals.find(open.id()).orElseThrow().state()).isEqualTo(Approval.State.VOID);

        restore(before);
        assertThat(decide(open, GateBench.APPROVER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.ALREADY_DECIDED));
    }

    private void restore(String text) throws IOException {
        Files.writeString(bench.robotMd, text);
        bench.manifest.reload();
    }

    @Test
    @DisplayName("D8.5: a stop voids tokens and open questions, even if it is cleared before anybody is told of it")
    void aStop() throws Exception {
        var token = agreed(bench.pick());
        var open = question(call(bench.pick()));
        var report = bench.robot.interlock().stop("anna", "");
        bench.robot.interlock().clear(report.latch().orElseThrow().latchId(), "anna", "", true, () -> {});

        assertRefused(carrying(token));
        var stale = ((Decision.Taken) decide(open, GateBench.APPROVER, true))
                .confirmToken()
                .orElseThrow();
        assertRefused(carrying(stale.reveal()));

        var fresh = agreed(bench.pick());
        var waiting = question(call(bench.pick()));
        bench.approvals.voidAll(Optional.empty(), "the robot was stopped");
        assertThat(bench.approvals.find(waiting.id()).orElseThrow().state()).isEqualTo(Approval.State.VOID);
        assertRefused(carrying(fresh));
    }

    @Test
    @DisplayName("T6.3: a restart voids them: another process knows neither the question nor the token")
    void restart() throws Exception {
        var token = agreed(bench.pick());
        bench.close();
        open("version: 1");

        assertThat(bench.approvals.list()).isEmpty();
        assertRefused(carrying(token));
    }

    @Test
    @DisplayName("D7.1: under another policy it is not the same call")
    void otherPolicy() throws Exception {
        var question = question(call(bench.pick()));
        var binding = question.binding();
        var other = new Approval.Binding(
                "", "cal-x", binding.tool(), binding.argumentsSha256(), binding.manifestSha256(), "another", 0, "");

        assertThat(question.isFor(bench.mover(), other, question.reasons())).isFalse();
        assertThat(question.isFor(bench.mover(), binding.of("cal-x"), question.reasons()))
                .isTrue();
        assertThat(question.isFor(bench.mover(), binding, List.of("hitl:other")))
                .isFalse();
    }

    @Test
    @DisplayName("D7.4, T6.1: the caller cannot agree to its own call")
    void ownRequest() throws Exception {
        var question = question(call(bench.who(GateBench.BOSS), bench.pick()));

        assertThat(decide(question, GateBench.BOSS, true)).isEqualTo(new Decision.Refused(Decision.Code.OWN_REQUEST));
        assertThat(decide(question, GateBench.READER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.NOT_AN_APPROVER));
        assertThat(decide(question, GateBench.APPROVER, true)).isInstanceOf(Decision.Taken.class);
    }

    @Test
    @DisplayName("D7.3: a denied question brings no token; of two people only the one who decides gets it")
    void whoGetsTheToken() throws Exception {
        var denied = (Decision.Taken) decide(question(call(bench.pick())), GateBench.APPROVER, false);
        assertThat(denied.confirmToken()).isEmpty();

        bench.close();
        open("{version: 1, approvals: {needed: 2}}");
        var question = question(call(bench.pick()));
        var first = (Decision.Taken) decide(question, GateBench.APPROVER, true);
        var second = (Decision.Taken) decide(question, GateBench.SECOND, true);
        assertThat(first.confirmToken()).isEmpty();
        assertThat(second.confirmToken()).isPresent();
        assertThat(call(carrying(second.confirmToken().map(Secret::reveal).orElseThrow()))
                        .outcome())
                .isEqualTo(ToolResult.Outcome.OK);
    }
}
