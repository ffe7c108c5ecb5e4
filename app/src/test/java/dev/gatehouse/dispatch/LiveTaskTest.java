package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveTaskTest {
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
        bench.close();
    }

    private LiveTask running() {
        var task = bench.loose(Effect.ACTUATE);
        task.emit(EventType.ACCEPTED, Json.object());
        task.move(TaskState.RUNNING, "slot_granted");
        return task;
    }

    @Test
    @DisplayName("D1.5: of two causes the stronger is recorded, whichever came first and whatever the executor says")
    void strongestCause() {
        for (var first : StopCause.values()) {
            for (var second : StopCause.values()) {
                var task = running();
                task.stop(first, "first", Urgency.NOW);
                task.stop(second, "second", Urgency.NOW);
                task.finish(DispatchBench.done(), 0).join();

                var stronger = first.compareTo(second) > 0 ? first : second;
                assertThat(task.task().state()).as("%s, %s", first, second).isEqualTo(stronger.ending());
            }
        }
        assertThat(List.of(StopCause.values()))
                .extracting(StopCause::ending)
                .containsExactly(
                        TaskState.FAILED,
                        TaskState.CANCELED,
                        TaskState.DEADLINE,
                        TaskState.STOPPED_DISCONNECT,
                        TaskState.TOOL_DRIFT,
                        TaskState.ESTOPPED);
    }

    @Test
    @DisplayName("1: a call whose effect nobody knows makes the task unknown, except that an estop says more")
    void unknownEffect() {
        var canceled = running();
        canceled.effectUnknown();
        canceled.stop(StopCause.CANCELED, "c", Urgency.NOW);
        canceled.finish(DispatchBench.done(), 0).join();
        var estopped = running();
        estopped.effectUnknown();
        estopped.stop(StopCause.ESTOP, "e", Urgency.NOW);
        estopped.finish(DispatchBench.done(), 0).join();

        assertThat(canceled.task().state()).isEqualTo(TaskState.UNKNOWN);
        assertThat(estopped.task().state()).isEqualTo(TaskState.ESTOPPED);
    }

    @Test
    @DisplayName("D4.2: after the result nothing follows")
    void nothingAfterTheResult() {
        var task = running();
        task.finish(DispatchBench.done(), 0).join();
        task.record(EventType.TEXT, Json.object().put("text", "late")).join();
        assertThat(task.stop(StopCause.CANCELED, "late", Urgency.NOW)).isFalse();

        assertThat(bench.events(task)).last().extracting(TaskEvent::type).isEqualTo(EventType.RESULT);
        assertThat(task.task().state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    @DisplayName("D8.5: the news of a stop is in the log before the result, whoever of two tells it first")
    void newsOfTheStop() throws Exception {
        var interlock = bench.gate.robot.interlock().state();
        for (var round = 0; round < 3_000; round++) {
            var task = running();
            var ready = new CyclicBarrier(2);
            var other = Thread.ofPlatform().start(() -> {
                await(ready);
                task.tellStop(interlock);
            });
            await(ready);
            task.tellStop(interlock);
            task.finish(DispatchBench.done(), 0).join();
            other.join();

            assertThat(bench.events(task))
                    .extracting(TaskEvent::type)
                    .containsExactly(EventType.ACCEPTED, EventType.STATE, EventType.SAFETY, EventType.RESULT);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError("nobody breaks this", e);
        }
    }

    @Test
    @DisplayName("D11.4: a gentle stop cuts no call, neither one that runs nor one that registers later")
    void gentleStop() {
        var task = running();
        var ran = new ArrayList<String>();
        task.onStop(Urgency.NOW, () -> ran.add("call"));
        task.onStop(Urgency.AFTER_CALL, () -> ran.add("engine"));
        task.stop(StopCause.DISCONNECT, "gone", Urgency.AFTER_CALL);
        task.onStop(Urgency.NOW, () -> ran.add("late call"));
        task.onStop(Urgency.AFTER_CALL, () -> ran.add("late engine"));
        assertThat(ran).containsExactly("engine", "late engine");

        task.stop(StopCause.DEADLINE, "deadline", Urgency.NOW);
        task.onStop(Urgency.NOW, () -> ran.add("latest call"));
        assertThat(ran).containsExactly("engine", "late engine", "call", "late call", "latest call");
    }

    @Test
    void aStopActionThatWasTakenBackDoesNotRun() {
        var task = running();
        var ran = new ArrayList<String>();
        task.onStop(Urgency.NOW, () -> ran.add("call")).close();
        task.stop(StopCause.CANCELED, "c", Urgency.NOW);

        assertThat(ran).isEmpty();
    }
}
