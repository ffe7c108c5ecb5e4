package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.DispatchBench;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What an engine's call becomes: one call at the gate, and two events. */
@Timeout(60)
class GatedViewTest {
    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory);
    }

    @AfterEach
    void close() {
        bench.dispatcher.close();
        bench.close();
    }

    private GatedView view(LiveTask task) {
        return new GatedView(bench.gate.gate, task, bench.files, bench.gate.ids);
    }

    private LiveTask submit(Effect effect) {
        return bench.submit(
                bench.gate.mover(), DispatchBench.order("go", effect, false, Optional.empty()), Optional.empty());
    }

    private List<ObjectNode> events(LiveTask task, EventType type) throws Exception {
        var follower = bench.dispatcher.tasks().follow(task, StreamLevel.FULL, 0);
        var found = new ArrayList<ObjectNode>();
        while (!follower.done()) {
            for (var line : follower.next(Duration.ofMillis(50))) {
                if (line.type().equals(type.wire())) {
                    found.add(line.json());
                }
            }
        }
        return found;
    }

    private static ObjectNode pick() {
        var arguments = Json.object().put("capability", "arm.pick");
        arguments.putObject("args").put("target", "red_cube");
        return arguments;
    }

    @Test
    @DisplayName("robot-md 10.9: an agent plans by itself, and is not offered another planner")
    void noPlannerInAPlanner() {
        var offered = new CompletableFuture<List<String>>();
        bench.script(task -> {
            offered.complete(view(task).tools().stream().map(OfferedTool::name).toList());
            return DispatchBench.done();
        });
        submit(Effect.ACTUATE);

        assertThat(offered.join())
                .contains("mcp__robot__execute_capability")
                .doesNotContain("mcp__robot__execute_task");
    }

    @Test
    @DisplayName("E1.3: a stop cuts the running call, and the thread can write its end")
    void stopCutsTheCall() throws Exception {
        var moving = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        bench.gate.driver.onMotion((command, permit, progress) -> {
            moving.countDown();
            new CountDownLatch(1).await();
            return Outcome.ok("never");
        });
        bench.script(task -> {
            var answer = view(task).call("m1", 1, "mcp__robot__execute_capability", pick());
            interrupted.complete(Thread.currentThread().isInterrupted());
            assertThat(answer.text()).contains("stopped");
            return DispatchBench.done();
        });
        var task = submit(Effect.ACTUATE);
        moving.await();
        bench.dispatcher.cancel(task, "enough");
        task.over().join();

        assertThat(interrupted.join()).isFalse();
        assertThat(task.task().state().wire()).isEqualTo("canceled");
        assertThat(bench.gate.driver.halts()).isPositive();
        assertThat(events(task, EventType.TOOL_RESULT))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("outcome").asString("")).isEqualTo("aborted"));
    }

    @Test
    @DisplayName("3.4: an observing task's view moves nothing, and the refusal is in its result")
    void observingTask() throws Exception {
        bench.script(task -> {
            view(task).call("m1", 1, "mcp__robot__execute_capability", pick());
            return DispatchBench.done();
        });
        var task = submit(Effect.OBSERVE);
        task.over().join();

        assertThat(bench.gate.driver.executed()).isEmpty();
        assertThat(Json.line(task.task().result().orElseThrow().path("permission_denials")))
                .contains("effect_ceiling");
    }

    @Test
    @DisplayName("D4.1: arguments of any size keep a line of the log within its bound")
    void hugeArguments() throws Exception {
        bench.script(task -> {
            view(task).call("m1", 1, "mcp__robot__render", Json.object().put("x", "\u0001".repeat(500_000)));
            return DispatchBench.done();
        });
        var task = submit(Effect.OBSERVE);

        assertThat(events(task, EventType.TOOL_CALL))
                .singleElement()
                .satisfies(event -> assertThat(Json.line(event).length()).isLessThan(262_144));
    }

    @Test
    @DisplayName("D4.5, D4.6: text is cut at 32 KiB, and never through a word that may be a secret")
    void longText() {
        var out = Json.object();
        EventText.put(out, "text", " ".repeat(EventText.MAX - 10) + "sk-ant-canary-0123456789");

        assertThat(out.path("text").asString("")).isBlank().hasSize(EventText.MAX - 10);
        assertThat(out.path("truncated").booleanValue(false)).isTrue();
    }
}
