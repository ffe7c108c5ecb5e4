package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.Approvals.Decision;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with a confirm token that was not meant to be done with it (D6.8, D7.5, threats.md T6). */
@Timeout(60)
class ConfirmTokenTest extends DirectCalls {
    @Test
    @DisplayName("T6.2: a token has 256 random bits, is a different one each time, and nobody keeps it")
    void shapeOfTheToken() throws Exception {
        var one = agreed(bench.pick());
        var other = agreed(bench.pick());

        assertThat(one).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(other);
        assertThat(bench.approvals.list().toString()).doesNotContain(one, other);
        assertThat(bench.approvals.list())
                .allSatisfy(q -> assertThat(Json.line(q.toJson())).doesNotContain(one, other));
    }

    @Test
    @DisplayName("10.3: the answer to a call of a task brings no token")
    void tasksGetNone() throws Exception {
        var scope = new Scope(bench).withLease(bench.lease);
        var work = new FutureTask<>(() -> bench.gate.call(bench.mover(), scope, bench.pick()));
        Thread.ofVirtual().start(work);
        org.awaitility.Awaitility.await().until(() -> !bench.approvals.list().isEmpty());

        var taken = (Decision.Taken) decide(bench.approvals.list().getLast(), GateBench.APPROVER, true);

        assertThat(taken.confirmToken()).isEmpty();
        assertThat(work.get().outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("D6.8, T6.1: a token in the call of a task is taken out and opens nothing, be it a good one")
    void tokensOfTasks() throws Exception {
        var token = agreed(bench.pick());
        var scope = new Scope(bench).withLease(bench.lease);
        var known = bench.approvals.list().size();
        var work = new FutureTask<>(() -> bench.gate.call(bench.mover(), scope, carrying(token)));
        Thread.ofVirtual().start(work);
        org.awaitility.Awaitility.await().until(() -> bench.approvals.list().size() > known);

        assertThat(work).as("it waits for a person all the same").isNotDone();
        decide(bench.approvals.list().getLast(), GateBench.APPROVER, false);
        assertThat(reason(work.get())).contains("approval_denied");
        assertThat(scope.events.toString()).doesNotContain(token);
        assertNothingMoved();
    }

    @Test
    @DisplayName(
            "D6.8: no token is recorded, shown to an approver or handed to the driver; hidden deeper, a good one is a secret")
    void neverSeen() throws Exception {
        var token = agreed(bench.pick());
        var steps = carrying("guessed-guessed-guessed", bench.run("arm.home", Json.object()))
                .arguments();
        steps.putObject("step_tokens").put("0", token);
        call(bench.call("execute_capability", steps.put("confirm_token", "guessed-guessed-guessed")));
        var hidden = call(bench.run("arm.pick", Json.object().put("target", token)));
        call(carrying(token));

        assertThat(reason(hidden)).contains("secret_in_arguments");
        assertThat(bench.driver.executed())
                .singleElement()
                .satisfies(command -> assertThat(Json.line(command.args())).doesNotContain(token));
        var written = new ArrayList<String>();
        for (var event :
                List.of("gate_deny", "approval_requested", "approval_decided", "tool_intent", "tool_outcome")) {
            bench.records(event).forEach(record -> written.add(Json.line(record)));
        }
        assertThat(String.join("\n", written)).doesNotContain(token, "guessed-guessed", "step_tokens");
        assertThat(bench.approvals.list())
                .allSatisfy(q -> assertThat(Json.line(q.toJson())).doesNotContain(token, "guessed-guessed"));
    }

    @Test
    @DisplayName("10.3: a wrong token answers like a missing one, and is recorded")
    void wrongToken() throws Exception {
        var missing = call(bench.pick());
        var wrong = call(carrying("A".repeat(43)));
        var number =
                call(bench.call("execute_capability", bench.pick().arguments().put("confirm_token", 5)));

        assertThat(error(wrong)).isEqualTo(error(missing));
        assertThat(error(number)).isEqualTo(error(missing));
        assertThat(bench.records("gate_deny"))
                .filteredOn(r -> r.has("confirm_token"))
                .extracting(r -> r.path("confirm_token").asString(""))
                .containsExactly("wrong", "wrong");
        assertThat(bench.records("approval_requested")).as("it is one question").hasSize(1);
    }

    @Test
    @DisplayName("D7.5: after five wrong ones from one caller in a minute not even the right one is looked at")
    void guessing() throws Exception {
        var token = agreed(bench.pick());
        for (var i = 0; i < 5; i++) {
            assertRefused(carrying("guess-" + i));
        }
        assertRefused(carrying(token));
        assertThat(bench.records("gate_deny")
                        .getLast()
                        .path("decision")
                        .path("code")
                        .asString(""))
                .isEqualTo("hitl_required");
        assertThat(bench.records("gate_deny"))
                .filteredOn(r -> r.path("confirm_token").asString("").equals("unseen"))
                .hasSize(1);

        var boss = bench.who(GateBench.BOSS);
        assertThat(call(boss, carrying(agreed(boss, bench.pick()))).outcome())
                .as("another caller is heard")
                .isEqualTo(ToolResult.Outcome.OK);
        ticker.advance(Duration.ofSeconds(61));
        assertThat(call(carrying(token)).outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("10.3: four wrong ones are forgiven")
    void fourWrong() throws Exception {
        var token = agreed(bench.pick());
        for (var i = 0; i < 4; i++) {
            assertRefused(carrying("guess-" + i));
        }
        assertThat(call(carrying(token)).outcome()).isEqualTo(ToolResult.Outcome.OK);
    }

    @Test
    @DisplayName("T6.2: of two calls with one token at the same time one moves")
    void atTheSameTime() throws Exception {
        for (var round = 0; round < 50; round++) {
            var token = agreed(bench.pick());
            var barrier = new CyclicBarrier(2);
            Callable<ToolResult> work = () -> {
                barrier.await();
                return call(carrying(token));
            };
            var one = new FutureTask<>(work);
            var other = new FutureTask<>(work);
            Thread.ofPlatform().start(one);
            Thread.ofPlatform().start(other);

            assertThat(List.of(one.get(), other.get()))
                    .filteredOn(r -> r.outcome() == ToolResult.Outcome.OK)
                    .hasSize(1);
            ticker.advance(Duration.ofSeconds(61));
        }
        assertThat(bench.driver.executed()).hasSize(50);
    }

    @Test
    @DisplayName("T6.2: arguments without one canonical form cannot be agreed to, so they are not asked about")
    void noCanonicalForm() throws Exception {
        var args = (ObjectNode) Json.read("{\"x\": 200.00000000000000000001, \"y\": 0, \"z\": 120}");

        assertThat(reason(call(bench.run("arm.reach", args)))).contains("bad_args");
        assertThat(bench.approvals.list()).isEmpty();
    }

    @Test
    @DisplayName("T12: a caller that asks and asks pushes out its own oldest question and nobody else's")
    void manyQuestions() throws Exception {
        var others = question(call(bench.who(GateBench.BOSS), bench.pick()));
        var first = question(call(bench.pick()));
        for (var x = 0; x < 32; x++) {
            var args = Json.object().put("x", 150 + x).put("y", 0).put("z", 120);
            assertThat(reason(call(bench.run("arm.reach", args)))).contains("hitl_gate");
        }

        assertThat(bench.approvals.find(first.id()).orElseThrow().state()).isEqualTo(Approval.State.VOID);
        assertThat(bench.approvals.find(others.id()).orElseThrow().state()).isEqualTo(Approval.State.PENDING);
        assertThat(bench.approvals.list())
                .filteredOn(q -> q.state() == Approval.State.PENDING)
                .hasSize(33);
    }

    @Test
    @DisplayName("D7.2: silence is denial: an open question ends after five minutes, which is recorded")
    void silence() throws Exception {
        var question = question(call(bench.pick()));
        ticker.awaitSleepers(1);
        ticker.advance(Duration.ofMinutes(5));
        org.awaitility.Awaitility.await()
                .until(() -> bench.approvals.find(question.id()).orElseThrow().state() == Approval.State.EXPIRED);

        assertThat(decide(question, GateBench.APPROVER, true))
                .isEqualTo(new Decision.Refused(Decision.Code.APPROVAL_EXPIRED));
        assertThat(bench.records("approval_decided"))
                .extracting(r -> r.path("decision").path("behavior").asString(""))
                .containsExactly("expired");
    }
}
