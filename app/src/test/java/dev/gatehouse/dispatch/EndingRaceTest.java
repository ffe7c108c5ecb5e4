package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endings that come at the same time (B11): exactly one result, and everything is given back. */
@Timeout(120)
class EndingRaceTest {
    private static final int ROUNDS = 20;
    private static final int TASKS = 50;

    @TempDir
    Path directory;

    private final Map<String, CountDownLatch> completes = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory, "{version: 1, limits: {max_tasks: 50}}");
        bench.script(task -> {
            var gate = gate(task);
            try (var _ = task.onStop(LiveTask.Urgency.NOW, gate::countDown)) {
                gate.await();
            }
            return DispatchBench.done();
        });
    }

    @AfterEach
    void close() {
        bench.dispatcher.close();
        bench.close();
    }

    private CountDownLatch gate(LiveTask task) {
        return completes.computeIfAbsent(task.taskId(), id -> new CountDownLatch(1));
    }

    private void race(Effect effect, Set<TaskState> possible, Consumer<List<LiveTask>> stop) throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var tasks = new ArrayList<LiveTask>();
            for (var i = 0; i < TASKS; i++) {
                tasks.add(bench.submit(effect, true));
            }
            var go = new CountDownLatch(1);
            for (var task : tasks) {
                Thread.ofVirtual().start(() -> {
                    awaitUninterruptibly(go);
                    gate(task).countDown();
                });
            }
            var stopping = Thread.ofVirtual().start(() -> {
                awaitUninterruptibly(go);
                stop.accept(tasks);
            });
            go.countDown();
            stopping.join();
            for (var task : tasks) {
                task.over().join();
            }
            for (var task : tasks) {
                var events = bench.events(task);
                assertThat(events).filteredOn(e -> e.type() == EventType.RESULT).hasSize(1);
                assertThat(events.getFirst().type()).isEqualTo(EventType.ACCEPTED);
                assertThat(events.getLast().type()).isEqualTo(EventType.RESULT);
                assertThat(task.task().state()).isIn(possible);
                assertThat(bench.store.task(task.taskId()).orElseThrow().state())
                        .isEqualTo(task.task().state());
            }
            completes.clear();
            assertThat(bench.dispatcher.open()).isZero();
            assertThat(bench.gate.lease.holder()).isEmpty();
        }
        assertThat(bench.gate.records("task_ended")).hasSize(ROUNDS * TASKS);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this", e);
        }
    }

    @Test
    @DisplayName("B11: cancel against complete, running and queued, with promotions in between")
    void cancelAgainstComplete() throws Exception {
        race(
                Effect.ACTUATE,
                Set.of(TaskState.CANCELED, TaskState.COMPLETED),
                tasks -> tasks.forEach(task -> bench.dispatcher.cancel(task, "race")));
    }

    @Test
    @DisplayName("B11: deadline against complete")
    void deadlineAgainstComplete() throws Exception {
        race(
                Effect.OBSERVE,
                Set.of(TaskState.DEADLINE, TaskState.COMPLETED),
                tasks -> bench.ticker.advance(Duration.ofSeconds(60)));
    }

    @Test
    @DisplayName("B11: estop against complete, running and queued")
    void estopAgainstComplete() throws Exception {
        race(Effect.ACTUATE, Set.of(TaskState.ESTOPPED, TaskState.COMPLETED), tasks -> bench.dispatcher.estopped());
    }
}
