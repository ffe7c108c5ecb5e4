package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.toolserver.StandIn;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that work with the tools of an external server (dispatcher.md D6.7, D12; threats.md T3.2, T9.2). */
@Timeout(120)
class ToolServerTasksTest {
    private static final String HANG = script(
            "hang", "[{call: [{tool: execute_capability, args: {capability: arm.home, do: hang}}]}, {say: done}]");
    private static final String PHOTO = script("photo", "[{call: [{tool: render, args: {do: image}}]}, {say: seen}]");
    private static final String DIE =
            script("die", "[{call: [{tool: execute_capability, args: {capability: arm.home, do: die}}]}, {say: done}]");

    private static ToolServerBench bench() {
        return ToolServerBench.start(TestServer.with().scripts(HANG, PHOTO, DIE), program -> {});
    }

    @Test
    @DisplayName("D6.7, T3.2: a list that changes during a task ends it tool_drift, and no further one begins")
    void drift() {
        try (var bench = bench()) {
            var server = bench.server();
            var log =
                    CompletableFuture.supplyAsync(() -> server.as(Who.ACTUATOR).run(goal("hang")));
            await().until(() -> bench.program().heard("/execute_capability") == 1);
            var changing = CompletableFuture.supplyAsync(() -> bench.call(Who.READER, "status", "{\"do\":\"change\"}"));

            assertThat(log.join().assertWhole().status()).isEqualTo("tool_drift");
            await().until(() -> bench.program().heard("/estop") > 0);
            assertThat(ToolServerBench.reason(bench.call(Who.READER, "status", "{}")))
                    .isEqualTo("tool_drift");
            assertThat(server.as(Who.READER)
                            .run(goal("photo", ",\"effect\":\"observe\""))
                            .status())
                    .isEqualTo("tool_drift");
            assertThat(bench.program().heard("/render")).isZero();
            assertThat(changing).isNotCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("D12.2, D12.4: a cancelled task has the server told and the robot stopped, and the process goes on")
    void cancel() {
        try (var bench = bench()) {
            var server = bench.server();
            try (var events = server.as(Who.ACTUATOR).dispatch(goal("hang"))) {
                var task = events.taskId();
                await().until(() -> bench.program().heard("/execute_capability") == 1);
                server.as(Who.ACTUATOR).post("/v1/tasks/" + task + "/cancel", "{}");
                var log = events.toEnd();
                assertThat(log.result().path("status").asString("")).isEqualTo("canceled");
                assertThat(log.result().path("stop").path("acked").asBoolean()).isTrue();
            }
            assertThat(bench.program().heard("notifications/cancelled")).isEqualTo(1);
            assertThat(bench.program().heard("/estop")).isEqualTo(1);
            assertThat(bench.program().starts()).hasSize(1);
            assertThat(bench.move("").path("text").asString("")).isEqualTo("did execute_capability");
        }
    }

    @Test
    @DisplayName("T9.2: of a picture of 5 MB the events and the audit have kind, mime, bytes and hash")
    void pictures() {
        try (var bench = bench()) {
            var log = bench.server().as(Who.WATCHER).run(goal("photo", ",\"effect\":\"observe\""));
            assertThat(log.status()).isEqualTo("completed");
            var picture = log.ofType("tool_result").getFirst().path("content").get(1);
            assertThat(picture.path("kind").asString("")).isEqualTo("image");
            assertThat(picture.path("mime").asString("")).isEqualTo("image/png");
            assertThat(picture.path("bytes").asInt()).isEqualTo(StandIn.PICTURE);
            assertThat(picture.path("sha256").asString("")).hasSize(64);
            log.events().forEach(event -> assertThat(event.toString()).hasSizeLessThan(256 * 1024));
            assertThat(bench.server().audit().toString()).doesNotContain("AAAAAAAAAAAAAAAAAAAAAAAA");

            var direct = bench.call(Who.READER, "render", "{\"do\":\"image\"}");
            assertThat(direct.path("text").asString("")).startsWith("[image: image/png, 5000000 bytes, sha256 ");
        }
    }

    @Test
    @DisplayName("T19.1, D10.4: a call that never ends is cut at the deadline, and the robot stopped")
    void deadline() {
        try (var bench = bench()) {
            var log = bench.server().as(Who.ACTUATOR).run(goal("hang", ",\"deadline_s\":5"));
            assertThat(log.assertWhole().status()).isEqualTo("deadline");
            assertThat(log.result().path("duration_ms").asInt()).isLessThan(10_000);
            assertThat(bench.program().heard("/estop")).isEqualTo(1);
            assertThat(bench.program().starts()).hasSize(1);
        }
    }

    @Test
    @DisplayName("T19.1: a task whose server dies in a motion ends, with the robot stopped")
    void died() {
        try (var bench = bench()) {
            var log = bench.server().as(Who.ACTUATOR).run(goal("die")).assertWhole();
            assertThat(log.status()).isEqualTo("estopped");
            assertThat(log.ofType("tool_result").getFirst().path("outcome").asString(""))
                    .isEqualTo("unknown");
        }
    }
}
