package dev.gatehouse.server;

import static dev.gatehouse.server.ToolServerBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.toolserver.StandInHome;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Motions that a tool server carries out, and how they are stopped (dispatcher.md D12, D16.6; threats.md T14.3, T19.1). */
@Timeout(120)
class ToolServerMotionTest {
    private static CompletableFuture<JsonNode> moving(ToolServerBench bench, String word) {
        var motion = CompletableFuture.supplyAsync(() -> bench.move(word));
        await().until(() -> bench.program().heard("/execute_capability") > 0);
        return motion;
    }

    private static JsonNode stop(ToolServerBench bench) {
        return bench.server().as(Who.BUTTON).post("/v1/estop", "{}").json();
    }

    @Test
    @DisplayName("6.1: a motion is judged, recorded before and after, and warned of: its limits cannot be checked")
    void recorded() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            assertThat(reason(bench.call(Who.READER, "execute_capability", "{\"capability\":\"arm.home\"}")))
                    .isEqualTo("tier_required");
            assertThat(bench.move("").path("text").asString()).isEqualTo("did execute_capability");
            assertThat(bench.server()
                            .audit("tool_intent")
                            .getLast()
                            .path("effect")
                            .asString())
                    .isEqualTo("actuate");
            assertThat(bench.server()
                            .audit("tool_outcome")
                            .getLast()
                            .path("outcome")
                            .asString())
                    .isEqualTo("ok");
            var start = bench.server().audit("start").getFirst().path("tool_server");
            assertThat(start.path("path").asString())
                    .isEqualTo(bench.program().command().toString());
            assertThat(start.path("sha256").asString()).hasSize(64);
            assertThat(bench.call(Who.ACTUATOR, "execute_task", "{}").toString())
                    .contains("limits of the manifest");
        }
    }

    @Test
    @DisplayName("6.2, D6.8: execute_task is one call that a person agrees to, and the token is not passed on")
    void agreed() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            var asked = bench.call(Who.ACTUATOR, "execute_task", "{}").path("result");
            var id = asked.path("error").path("approval_id").asString("");
            var shown = bench.server().as(Who.APPROVER).get("/v1/approvals/" + id);
            assertThat(shown.text()).contains("limits of the manifest cannot be checked");
            var token = bench.server().agree(id);
            assertThat(bench.program().heard("/execute_task")).isZero();
            assertThat(bench.call(Who.ACTUATOR, "execute_task", "{\"confirm_token\":\"" + token + "\"}")
                            .path("text")
                            .asString())
                    .isEqualTo("did execute_task");
            assertThat(bench.program().heard().toString()).doesNotContain(token);
        }
    }

    @Test
    @DisplayName(
            "D6.8: a server that wants a token is shown one of the gate's own, after a person agreed, and only then")
    void shownAToken() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            assertThat(bench.move("").path("text").asString()).isEqualTo("did execute_capability");
            assertThat(shown(bench, "execute_capability"))
                    .as("nobody was asked")
                    .isEmpty();
            var place = Json.object().put("capability", "arm.place").put("confirm_token", "made up");
            var question = bench.call(Who.ACTUATOR, "execute_capability", Json.line(place))
                    .at("/result/error/approval_id")
                    .asString("");
            var token = bench.server().agree(question);

            place.put("confirm_token", token);
            assertThat(bench.call(Who.ACTUATOR, "execute_capability", Json.line(place))
                            .path("text")
                            .asString())
                    .isEqualTo("did execute_capability");
            var own = shown(bench, "execute_capability");
            assertThat(own).hasSize(43).isNotEqualTo(token);
            stop(bench);
            bench.server().clear();
            assertThat(shown(bench, "estop_clear")).hasSize(43).isNotEqualTo(own);
            bench.server().stop();
            assertThat(bench.server().audit().toString()).doesNotContain(own, token);
        }
    }

    /** The token of the last call of a tool; empty if it had none. */
    private static String shown(ToolServerBench bench, String tool) {
        return bench.program().heard().stream()
                .map(message -> message.path("params"))
                .filter(call -> call.path("name").asString("").equals(tool))
                .reduce((first, second) -> second)
                .map(call -> call.at("/arguments/confirm_token").asString(""))
                .orElse("not called");
    }

    @Test
    @DisplayName("D16.6, T14.3: a stop reaches a server that works, cuts what it does, and is confirmed by it")
    void stopped() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            var motion = moving(bench, "hang");
            var stop = stop(bench);
            assertThat(stop.path("stop").path("acked").asBoolean()).isTrue();
            assertThat(reason(motion.join())).isEqualTo("estop");
            assertThat(bench.program().heard("/estop")).isEqualTo(1);
            assertThat(bench.program().heard("notifications/cancelled")).isEqualTo(1);
            assertThat(reason(bench.move(""))).isEqualTo("estop_set");
            assertThat(bench.program().heard("/execute_capability")).isEqualTo(1);

            bench.server().clear();
            assertThat(bench.program().heard("/estop_clear")).isEqualTo(1);
            assertThat(bench.move("").path("text").asString()).isEqualTo("did execute_capability");
            assertThat(bench.program().starts()).as("D12.4: the same process").hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "D16.6: a server that cannot be asked is told by the file that it polls, and its process ends with kill_motion")
    void blocked() throws Exception {
        var policy = "stop: {channels: [driver, commands_jsonl], ack_ms: 200, escalate: [kill_motion]}\n";
        try (var bench = ToolServerBench.start(policy, StandInHome::deafen)) {
            var motion = moving(bench, "block");
            var stop = stop(bench);
            assertThat(stop.path("stop").path("acked").asBoolean()).isFalse();
            assertThat(reason(motion.join())).isIn("estop", "tool_server_lost");
            var orders = bench.server().state().resolveSibling(".robot-md").resolve("commands.jsonl");
            await().until(() -> Files.exists(orders));
            assertThat(Files.readAllLines(orders)).contains("{\"cmd\":\"estop.set\"}");
            await().until(() ->
                    bench.server().robot().interlock().state().escalated().contains("kill_motion"));
            var pid = bench.program().starts().getFirst().path("pid").asLong();
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    @DisplayName("D16.5, T22.1: a server that dies in a motion leaves an unknown effect, and the robot stopped")
    void died() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            var answer = bench.move("die");
            assertThat(reason(answer)).isEqualTo("tool_server_lost");
            assertThat(answer.path("text").asString()).contains("unknown");
            var intent = bench.server().audit("tool_intent").getLast();
            assertThat(bench.server().audit("tool_outcome"))
                    .noneMatch(outcome -> outcome.path("call").equals(intent.path("call")));
            assertThat(bench.server().robot().interlock().state().latch()).isPresent();
        }
    }

    @Test
    @DisplayName("D16.6: a server that may move the robot and can be stopped in no way is not served")
    void unstoppable() {
        assertThat(catchThrowable(() -> ToolServerBench.start("gaps: ask\n", ToolServerMotionTest::withoutStop)
                        .close()))
                .hasMessageContaining("no tool estop");
        ToolServerBench.start("stop: {escalate: [kill_motion]}\n", ToolServerMotionTest::withoutStop)
                .close();
    }

    private static void withoutStop(StandInHome program) {
        var tools = StandInHome.tools();
        tools.removeIf(tool -> tool.path("name").asString("").equals("estop"));
        program.tools(tools);
    }
}
