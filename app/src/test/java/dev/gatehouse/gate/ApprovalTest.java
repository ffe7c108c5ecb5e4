package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.ToolCall;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call that waits for a person (dispatcher.md section 7). */
@Timeout(60)
class ApprovalTest {
    @TempDir
    Path directory;

    private final ManualTicker ticker = new ManualTicker();

    @SuppressWarnings("NullAway.Init") // opened before each test
    private GateBench bench;

    @SuppressWarnings("NullAway.Init")
    private Scope scope;

    @BeforeEach
    void open() {
        open("version: 1");
    }

    private void reopen(String policy) {
        bench.close();
        open(policy);
    }

    private void open(String policy) {
        bench = new GateBench(
                directory,
                GateBench.Setup.standard().everythingAsked().at(ticker).under(policy));
        scope = new Scope(bench).withLease(bench.lease);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** A call that waits at the gate, and its question. */
    private record Held(FutureTask<ToolResult> call, Approval question, Thread thread) {
        String answer() throws Exception {
            return reason(call.get()).orElse("");
        }
    }

    private Held hold(ToolCall call) {
        var known = bench.approvals.list().size();
        var work = new FutureTask<>(() -> bench.gate.call(bench.who(GateBench.BOSS), scope, call));
        var thread = Thread.ofVirtual().start(work);
        await().until(() -> work.isDone() || bench.approvals.list().size() > known);
        return new Held(work, bench.approvals.list().getLast(), thread);
    }

    private Decision decide(Held held, String token, boolean approve) {
        return bench.approvals.decide(
                held.question().id(),
                bench.who(token),
                approve,
                held.question().binding().argumentsSha256(),
                "because");
    }

    private Approval.State state(Held held) {
        return bench.approvals.find(held.question().id()).orElseThrow().state();
    }

    @Test
    @DisplayName("D7.2: nothing moves before the answer; an approved call moves once")
    void approved() throws Exception {
        var held = hold(bench.pick());
        assertThat(bench.driver.executed()).isEmpty();
        assertThat(held.call()).isNotDone();

        assertThat(decide(held, GateBench.APPROVER, true)).isInstanceOf(Decision.Taken.class);

        assertThat(held.call().get().outcome()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.driver.executed()).hasSize(1);
        assertThat(scope.events)
                .hasExactlyElementsOfTypes(
                        GateEvent.Decided.class,
                        GateEvent.Asked.class,
                        GateEvent.Answered.class,
                        GateEvent.Decided.class);
        assertThat(bench.records("tool_intent"))
                .extracting(r -> r.path("approval").asString(""))
                .containsExactly(held.question().id());
        assertThat(bench.records("approval_requested")).hasSize(1);
        assertThat(bench.records("approval_decided")).singleElement().satisfies(record -> {
            assertThat(record.path("decision").path("behavior").asString("")).isEqualTo("approved");
            assertThat(record.path("approver").asString("")).isEqualTo("anna");
        });
    }

    @Test
    @DisplayName("D7.5, T6.2: an approval is good for one call; the same call again asks again")
    void singleUse() throws Exception {
        var first = hold(bench.pick());
        decide(first, GateBench.APPROVER, true);
        first.call().get();
        var second = hold(bench.pick());

        assertThat(second.question().id()).isNotEqualTo(first.question().id());
        assertThat(second.call()).isNotDone();
        assertThat(bench.approvals.decide(
                        first.question().id(),
                        bench.approver(),
                        true,
                        first.question().binding().argumentsSha256(),
                        ""))
                .isEqualTo(new Decision.Refused(Decision.Code.ALREADY_DECIDED));
        assertThat(second.call()).isNotDone();
        decide(second, GateBench.APPROVER, false);
        second.call().get();
    }

    @Test
    @DisplayName("D7.1, T6.2: an answer for other arguments is no answer")
    void otherArguments() throws Exception {
        var held = hold(bench.pick());
        var other = bench.run("arm.pick", Json.object().put("target", "blue_cube"));

        var decision =
                bench.approvals.decide(held.question().id(), bench.approver(), true, other.argumentsSha256(), "");

        assertThat(decision).isEqualTo(new Decision.Refused(Decision.Code.APPROVAL_MISMATCH));
        assertThat(state(held)).isEqualTo(Approval.State.PENDING);
        decide(held, GateBench.APPROVER, false);
        held.call().get();
    }

    @Test
    @DisplayName("D7.1: the approval of one call does not let an equal one through")
    void otherCall() throws Exception {
        var first = hold(bench.pick());
        var second = hold(bench.pick());

        decide(first, GateBench.APPROVER, true);
        first.call().get();

        assertThat(second.call()).isNotDone();
        assertThat(bench.driver.executed()).hasSize(1);
        decide(second, GateBench.APPROVER, false);
        assertThat(second.answer()).isEqualTo("approval_denied");
        assertThat(bench.driver.executed()).hasSize(1);
    }

    @Test
    @DisplayName("D7.1: a question names everything it is bound to")
    void binding() throws Exception {
        var call = bench.pick();
        var held = hold(call);

        assertThat(held.question().binding())
                .isEqualTo(new Approval.Binding(
                        scope.taskId(),
                        call.id(),
                        "execute_capability",
                        call.argumentsSha256(),
                        bench.manifest.pin(),
                        bench.policy.sha256(),
                        bench.robot.interlock().latchings(),
                        ""));
        decide(held, GateBench.APPROVER, false);
        held.call().get();
    }

    @Test
    @DisplayName("D7.1, T2.2: a manifest that changed while somebody thought voids the approval")
    void manifestChanged() throws Exception {
        var held = hold(bench.pick());
        Files.writeString(bench.robotMd, "\nA new line.\n", StandardOpenOption.APPEND);
        decide(held, GateBench.APPROVER, true);

        assertThat(held.answer()).isEqualTo("approval_mismatch");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("D7.1: not even a reload of the changed manifest makes the old approval good")
    void manifestReloaded() throws Exception {
        var held = hold(bench.pick());
        Files.writeString(bench.robotMd, "\nA new line.\n", StandardOpenOption.APPEND);
        bench.manifest.reload();
        decide(held, GateBench.APPROVER, true);

        assertThat(held.answer()).isEqualTo("approval_mismatch");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("D7.5, D7.7: the rest is judged again after the answer: latch, lease, credential, ending task")
    void judgedAgain() throws Exception {
        var latched = hold(bench.pick());
        var report = bench.robot.interlock().stop("anna", "");
        decide(latched, GateBench.APPROVER, true);
        assertThat(latched.answer()).isEqualTo("estop_set");
        bench.robot.interlock().clear(report.latch().orElseThrow().latchId(), "anna", "", true, () -> {});

        var ending = hold(bench.pick());
        scope.ending = true;
        decide(ending, GateBench.APPROVER, true);
        assertThat(ending.answer()).isEqualTo("task_ending");
        scope.ending = false;

        var robbed = hold(bench.pick());
        bench.lease.revoke();
        decide(robbed, GateBench.APPROVER, true);
        assertThat(robbed.answer()).isEqualTo("busy");

        var expired = hold(bench.pick());
        bench.clock.set(java.time.Instant.parse("2027-06-01T00:00:00Z"));
        decide(expired, GateBench.APPROVER, true);
        assertThat(expired.answer()).isEqualTo("credential_invalid");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("D7.7: what exceeds a limit is not even asked about")
    void limitsFirst() throws Exception {
        var call =
                bench.run("arm.reach", Json.object().put("x", 330).put("y", 0).put("z", 50));
        var result = bench.gate.call(bench.mover(), scope, call);

        assertThat(reason(result)).contains("outside_workspace");
        assertThat(bench.approvals.list()).isEmpty();
    }

    @Test
    @DisplayName("D7.4, T6.1: nobody agrees to their own request")
    void ownRequest() throws Exception {
        var held = hold(bench.pick());

        assertThat(decide(held, GateBench.BOSS, true)).isEqualTo(new Decision.Refused(Decision.Code.OWN_REQUEST));
        assertThat(state(held)).isEqualTo(Approval.State.PENDING);
        decide(held, GateBench.APPROVER, false);
        held.call().get();
    }

    @Test
    @DisplayName("D7.4: a single operator may be allowed to, and every record of the gate says so")
    void selfApprove() throws Exception {
        reopen("{version: 1, approvals: {self_approve: true}}");
        var held = hold(bench.pick());

        assertThat(decide(held, GateBench.BOSS, true)).isInstanceOf(Decision.Taken.class);
        assertThat(held.call().get().outcome()).isEqualTo(ToolResult.Outcome.OK);
        for (var event : new String[] {"approval_requested", "approval_decided", "tool_intent", "tool_outcome"}) {
            assertThat(bench.records(event))
                    .isNotEmpty()
                    .allMatch(r -> r.path("self_approve").asBoolean(false));
        }
    }

    @Test
    @DisplayName("D7.3: two needed are two different people; one denial denies")
    void twoNeeded() throws Exception {
        reopen("{version: 1, approvals: {needed: 2}}");
        var held = hold(bench.pick());
        decide(held, GateBench.APPROVER, true);
        decide(held, GateBench.APPROVER, true);
        assertThat(state(held)).isEqualTo(Approval.State.PENDING);
        decide(held, GateBench.SECOND, true);
        assertThat(held.call().get().outcome()).isEqualTo(ToolResult.Outcome.OK);

        var denied = hold(bench.pick());
        decide(denied, GateBench.APPROVER, true);
        decide(denied, GateBench.SECOND, false);
        assertThat(denied.answer()).isEqualTo("approval_denied");
        assertThat(bench.driver.executed()).hasSize(1);
    }

    @Test
    @DisplayName("D7.2, T6.3: silence is denial, to the second")
    void expiry() throws Exception {
        var held = hold(bench.pick());
        ticker.awaitSleepers(1);
        ticker.advance(Duration.ofSeconds(299));
        assertThat(state(held)).isEqualTo(Approval.State.PENDING);
        ticker.advance(Duration.ofSeconds(1));

        assertThat(held.answer()).isEqualTo("approval_expired");
        assertThat(decide(held, GateBench.APPROVER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.APPROVAL_EXPIRED));
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("D7.2, T6.3: a stopped task voids its question, and the audit says so")
    void stoppedTask() throws Exception {
        var held = hold(bench.pick());
        held.thread().interrupt();

        assertThatThrownBy(() -> held.call().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(state(held)).isEqualTo(Approval.State.VOID);
        assertThat(decide(held, GateBench.APPROVER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.ALREADY_DECIDED));
        assertThat(scope.events.getLast()).isInstanceOf(GateEvent.Answered.class);
        assertThat(bench.records("approval_decided"))
                .extracting(r -> r.path("decision").path("behavior").asString(""))
                .containsExactly("void");
    }

    @Test
    @DisplayName("D8.5: a stop voids every open question")
    void voidAll() throws Exception {
        var held = List.of(hold(bench.pick()), hold(bench.pick()));
        bench.approvals.voidAll(Optional.of("tsk-other"), "not these");
        assertThat(held).allSatisfy(h -> assertThat(state(h)).isEqualTo(Approval.State.PENDING));
        bench.approvals.voidAll(Optional.empty(), "the robot was stopped");

        for (var h : held) {
            assertThat(state(h)).isEqualTo(Approval.State.VOID);
            assertThat(h.answer()).isEqualTo("approval_denied");
        }
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("D7.4: only a credential with the role approve answers, on whatever surface")
    void needsTheRole() throws Exception {
        var held = hold(bench.pick());

        assertThat(decide(held, GateBench.READER, true)).isEqualTo(new Decision.Refused(Decision.Code.NOT_AN_APPROVER));
        assertThat(state(held)).isEqualTo(Approval.State.PENDING);
        decide(held, GateBench.APPROVER, false);
        held.call().get();
    }

    @Test
    void whatNobodyAskedCannotBeAnswered() {
        assertThat(bench.approvals.decide("apr-none", bench.approver(), true, "", ""))
                .isEqualTo(new Decision.Refused(Decision.Code.NOT_FOUND));
    }
}
