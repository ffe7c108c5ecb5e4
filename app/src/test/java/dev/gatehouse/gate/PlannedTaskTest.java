package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans of {@code execute_task} that were shown, agreed to and carried out later (robot-md.md 10.9, items 5 and 6). */
@Timeout(60)
class PlannedTaskTest extends TaskBench {
    private static String tokens(String... byStep) {
        return ", \"step_tokens\": {" + String.join(", ", byStep) + "}";
    }

    private static String token(int step, String token) {
        return "\"" + step + "\": \"" + token + "\"";
    }

    @Test
    @DisplayName(
            "10.9.5: a step that needs a person holds the whole plan back, shown with one question for each such step")
    void shown() throws Exception {
        open(TaskBench::asked);
        proposes(OPEN, LOOK, HOME);

        var result = execute(", \"confirm_token\": \"0123456789012345678901234567890123456789012\"");

        assertThat(why(result)).isEqualTo("blocked hitl_gate");
        var plan = body(result).path("plan");
        assertThat(plan.get(0).path("approval_id").asString("")).startsWith("apr-");
        assertThat(plan.get(1).has("approval_id")).isFalse();
        assertThat(plan.get(2).path("approval_id").asString(""))
                .startsWith("apr-")
                .isNotEqualTo(plan.get(0).path("approval_id").asString(""));
        assertThat(body(result).path("error").path("approval_ids").size()).isEqualTo(2);
        assertNothingMoved();
        assertThat(bench.driver.observed()).isZero();
        var again = execute();
        assertThat(planId(again)).as("the same plan is the same plan").isEqualTo(planId(result));
        assertThat(body(again).path("plan")).isEqualTo(plan);
    }

    @Test
    @DisplayName("10.9.6: with its id and one token for each gated step exactly that plan runs, without planning again")
    void carriedOut() throws Exception {
        open(TaskBench::asked);
        proposes(OPEN, LOOK, HOME);
        var shown = execute();
        var first = agreed(shown, 0);
        var second = agreed(shown, 2);
        proposes(HOME);

        var result = execute(again(shown) + tokens(token(0, first), token(2, second)));

        assertThat(status(result)).isEqualTo("ok");
        assertThat(moved()).containsExactly("gripper.open", "arm.home");
        assertThat(questions).hasSize(1);
        assertThat(result.text()).doesNotContain(first).doesNotContain(second);
        assertThat(bench.records("tool_intent").toString())
                .doesNotContain(first)
                .doesNotContain(second);

        var twice = execute(again(shown) + tokens(token(0, first), token(2, second)));
        assertThat(why(twice)).as("a token is good once").isEqualTo("blocked hitl_gate");
        assertThat(moved()).hasSize(2);
    }

    @Test
    @DisplayName("10.9.6: one token does not do for two gated steps, whichever way it is carried")
    void oneToken() throws Exception {
        open(TaskBench::asked);
        proposes(OPEN, HOME);
        var shown = execute();
        var token = agreed(shown, 0);

        assertThat(why(execute(again(shown) + ", \"confirm_token\": \"" + token + "\"")))
                .isEqualTo("blocked hitl_gate");
        assertThat(why(execute(again(shown) + tokens(token(0, token))))).isEqualTo("blocked hitl_gate");
        assertNothingMoved();

        var both = execute(again(shown) + tokens(token(0, token), token(1, token)));
        assertThat(why(both)).isEqualTo("blocked hitl_gate");
        assertThat(body(both).path("error").path("approval_ids").size()).isEqualTo(1);
        assertNothingMoved();
        assertThat(bench.records("gate_deny").toString())
                .contains("\"confirm_token\":\"wrong\"")
                .doesNotContain(token);

        var second = agreed(both, 1);
        assertThat(status(execute(again(shown) + tokens(token(0, token), token(1, second)))))
                .as("a plan that did not begin has spent nothing")
                .isEqualTo("ok");
    }

    @Test
    @DisplayName("10.9.6: confirm_token counts for a plan with exactly one gated step")
    void confirmToken() throws Exception {
        open(TaskBench::gripperAsked);
        proposes(OPEN, HOME);
        var shown = execute();
        var token = agreed(shown, 0);

        assertThat(status(execute(again(shown) + ", \"confirm_token\": \"" + token + "\"")))
                .isEqualTo("ok");
        assertThat(moved()).containsExactly("gripper.open", "arm.home");
    }

    @Test
    @DisplayName("10.9.5: a plan that differs, and the same call outside of a plan, are not what was agreed to")
    void tokenOfAnother() throws Exception {
        open(TaskBench::asked);
        proposes(OPEN);
        var shown = execute();
        var token = agreed(shown, 0);
        proposes(OPEN, LOOK);
        var other = execute();

        assertThat(why(execute(again(other) + ", \"confirm_token\": \"" + token + "\"")))
                .isEqualTo("blocked hitl_gate");
        var alone = bench.run("gripper.open", dev.gatehouse.json.Json.object());
        var carrying = bench.call("execute_capability", alone.arguments().put("confirm_token", token));
        assertThat(why(bench.gate.call(bench.mover(), carrying))).isEqualTo("blocked hitl_gate");
        assertNothingMoved();
        assertThat(status(execute(again(shown) + ", \"confirm_token\": \"" + token + "\"")))
                .isEqualTo("ok");
    }

    @Test
    @DisplayName("10.9.5: the same step twice in a plan is two questions")
    void twins() throws Exception {
        open(TaskBench::asked);
        proposes(HOME, HOME);
        var shown = execute();

        var result = execute(again(shown) + tokens(token(0, agreed(shown, 0)), token(1, agreed(shown, 1))));

        assertThat(status(result)).isEqualTo("ok");
        assertThat(moved()).hasSize(2);
    }

    @Test
    @DisplayName("10.9.8: a plan of 32 gated steps can be agreed to")
    void largest() throws Exception {
        open(TaskBench::asked);
        proposes(Collections.nCopies(32, HOME).toArray(String[]::new));
        var shown = execute();
        var tokens = new String[32];
        for (var i = 0; i < 32; i++) {
            tokens[i] = token(i, agreed(shown, i));
        }

        assertThat(status(execute(again(shown) + tokens(tokens)))).isEqualTo("ok");
    }

    @Test
    @DisplayName(
            "10.9.6: a manifest that changed since, and was reloaded, blocks the plan; so does one that changes in between")
    void manifestChanged() throws Exception {
        open();
        proposes(OPEN, HOME);
        var shown = execute(", \"dry_run\": true");
        bench.driver.onMotion((command, permit, progress) -> {
            change();
            return dev.gatehouse.robot.Outcome.ok("done");
        });

        var cut = execute(again(shown));
        assertThat(why(cut)).isEqualTo("blocked manifest_changed");
        assertThat(moved()).containsExactly("gripper.open");

        assertThat(why(execute(again(shown)))).isEqualTo("blocked manifest_changed");
        assertThat(moved()).hasSize(1);
    }

    /** Somebody edits the manifest and the operator takes it. */
    private void change() {
        try {
            Files.writeString(bench.robotMd, Files.readString(bench.robotMd) + "\nMore.\n");
            bench.manifest.reload();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName(
            "10.9.6: a plan belongs to its caller, lives as long as its questions and answers, and no other id is one")
    void unknown() throws Exception {
        open();
        proposes(HOME);
        var shown = execute(", \"dry_run\": true");

        assertThat(why(execute(bench.who(GateBench.BOSS), again(shown)))).isEqualTo("error unknown_plan");
        assertThat(why(execute(", \"plan_id\": \"pln-0\""))).isEqualTo("error unknown_plan");
        ticker.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(status(execute(again(shown)))).isEqualTo("ok");
        ticker.advance(Duration.ofNanos(1));
        assertThat(why(execute(again(shown)))).isEqualTo("error unknown_plan");
        assertThat(moved()).hasSize(1);
    }

    @Test
    @DisplayName("6.3: where the operator wants a person for every task, its token is not that of a step")
    void alwaysApproved() throws Exception {
        open(GateBench.Setup.standard()
                .with(TaskBench::gripperAsked)
                .under("version: 1\ntools: {execute_task: {approval: always}}"));
        proposes(OPEN);

        assertThat(why(execute())).isEqualTo("blocked hitl_gate");
        assertThat(questions).as("nobody plans before somebody agreed").isEmpty();
    }
}
