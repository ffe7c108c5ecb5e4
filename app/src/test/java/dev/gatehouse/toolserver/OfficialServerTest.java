package dev.gatehouse.toolserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.peers.Node;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server made with the official SDK, which nobody here wrote (dispatcher.md D16.5, D16.6). */
@Timeout(120)
class OfficialServerTest {
    @Test
    @DisplayName("D16.5, D16.6: a server of the official SDK is greeted, asked, cancelled and stopped")
    void official() throws Exception {
        var plan = LaunchPlan.of(
                Node.program().toString(),
                List.of(Node.peer("tool-server.mjs").toString()),
                Optional.empty(),
                Map.of("PATH", "/usr/bin:/bin"));
        try (var server = ToolServer.start(plan, Ticker.system());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(server.look("render", Json.object(), Progress.none()))
                    .isInstanceOfSatisfying(
                            Reply.Result.class,
                            reply -> assertThat(Answers.of(reply.result()).text())
                                    .isEqualTo("rendered"));
            assertThat(ForwardedTools.anyMoves(server, ToolRules.NONE)).isTrue();

            var stop = new ServerStop(server, true, Optional.empty(), () -> false, Ticker.system());
            assertThat(stop.answers()).isTrue();
            var motion = threads.submit(() -> server.move(
                    "execute_capability", Json.object().put("capability", "arm.creep"), () -> true, Progress.none()));
            await().until(() -> server.motions() == 1);
            stop.halt();
            await().until(stop::halted);
            assertThat(motion.get()).isNotInstanceOf(Reply.Lost.class);
            assertThat(server.look("status", Json.object(), Progress.none()))
                    .isInstanceOfSatisfying(
                            Reply.Result.class,
                            reply -> assertThat(Answers.of(reply.result()).text())
                                    .isEqualTo("stopped"));
            assertThat(server.barrier()).isEmpty();
        }
    }
}
