package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The log is the truth about a task, and its end is written once (D1.4, D1.7). */
@Timeout(60)
class TaskFoldTest {
    private static final List<TaskState> OPEN =
            List.of(TaskState.QUEUED, TaskState.RUNNING, TaskState.AWAITING_APPROVAL, TaskState.STOPPING);

    @TempDir
    Path directory;

    private static LiveTask withRandomHistory(DispatchBench bench, Random random) {
        var task = bench.loose(Effect.ACTUATE);
        task.emit(EventType.ACCEPTED, Json.object());
        for (var i = 0; i < random.nextInt(40); i++) {
            switch (random.nextInt(7)) {
                case 0 -> task.move(OPEN.get(random.nextInt(OPEN.size())), "random");
                case 1 ->
                    task.emit(EventType.USAGE, Json.object().put("turn", i).put("total_usd", random.nextDouble()));
                case 2 -> task.emit(EventType.APPROVAL_REQUIRED, Json.object().put("approval_id", "apr-" + i));
                case 3 -> task.emit(EventType.TEXT, Json.object().put("text", "\u2028 " + i));
                case 4 -> task.emit(EventType.LEASE, Json.object());
                case 5 -> task.stop(List.of(StopCause.values()).get(random.nextInt(5)), "random", Urgency.NOW);
                default -> task.move(TaskState.RUNNING, "again");
            }
        }
        return task;
    }

    @Test
    @DisplayName("D1.7: state, result and counters are rebuilt from the log alone, for any history")
    void rebuilt() throws Exception {
        var random = new Random(7);
        try (var bench = new DispatchBench(directory)) {
            for (var round = 0; round < 50; round++) {
                var task = withRandomHistory(bench, random);
                task.finish(DispatchBench.done(), 0).join();
                var stored = bench.store.task(task.taskId()).orElseThrow();

                var rebuilt = forgetful(stored).rebuilt(bench.store.allEvents(task.taskId()));

                assertThat(Json.line(rebuilt.body())).isEqualTo(Json.line(stored.body()));
                assertThat(rebuilt.state()).isEqualTo(stored.state());
            }
        }
    }

    /** The same task with everything wrong that its log knows better. */
    private static Task forgetful(Task task) {
        ObjectNode body = task.body().deepCopy();
        body.put("state", "queued").put("terminal", false).put("last_seq", 999).put("turn", -1);
        body.put("cost_usd", 77).put("started_at", "never").put("ended_at", "never");
        body.withArray("approvals").add("apr-unheard-of");
        body.putObject("result").put("status", "failed");
        return new Task(task.id(), task.caller(), task.credential(), TaskState.QUEUED, body);
    }

    @Test
    @DisplayName("D1.7: a start believes the log where the row beside it says something else")
    void repairedAtStart() throws Exception {
        String id;
        try (var bench = new DispatchBench(directory)) {
            var task = bench.loose(Effect.ACTUATE);
            id = task.taskId();
            task.emit(EventType.ACCEPTED, Json.object());
            task.move(TaskState.RUNNING, "slot_granted");
            task.record(EventType.USAGE, Json.object().put("turn", 4).put("total_usd", 0.25))
                    .join();
        }
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tasks.db"));
                var damage = database.createStatement()) {
            damage.execute("UPDATE tasks SET state = 'queued', body = json_set(body, '$.state', 'queued',"
                    + " '$.turn', 0, '$.cost_usd', 0, '$.last_seq', 1)");
        }
        try (var bench = new DispatchBench(directory)) {
            Restart.settle(bench.store, bench.gate.audit, bench.gate.clock);

            var settled = bench.store.task(id).orElseThrow();
            assertThat(settled.state()).as("it was running, not queued").isEqualTo(TaskState.FAILED);
            assertThat(settled.result().orElseThrow().path("num_turns").intValue())
                    .isEqualTo(4);
            assertThat(bench.store.allEvents(id)).extracting(TaskEvent::seq).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    @DisplayName("D1.4: a second ending changes nothing in the store, whoever asks for it")
    void oneEnding() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = withRandomHistory(bench, new Random(1));
            task.finish(DispatchBench.done(), 0).join();
            var over = bench.store.task(task.taskId()).orElseThrow();

            // A log that has not heard of the end, as no code of ours has it: the store itself must refuse.
            ObjectNode body = over.body().deepCopy();
            var unaware = new Task(over.id(), over.caller(), over.credential(), TaskState.RUNNING, body);
            var deaf = new TaskLog(bench.store, bench.gate.clock, unaware);
            var second = deaf.append(EventType.RESULT, Json.object().put("status", "failed"));

            assertThat(second.handle((done, failure) -> failure != null).join()).isTrue();
            assertThat(bench.store.task(task.taskId())).hasValue(over);
            assertThat(bench.events(task))
                    .filteredOn(e -> e.type() == EventType.RESULT)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("D1.4: what becomes known after the end is a note beside the state, in memory and on disk")
    void lateEvidence() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = withRandomHistory(bench, new Random(2));
            task.finish(DispatchBench.done(), 0).join();
            var over = bench.store.task(task.taskId()).orElseThrow();

            task.record(
                            EventType.TOOL_RESULT,
                            Json.object().put("call_id", "cal-1").put("outcome", "ok"))
                    .join();
            task.record(EventType.TEXT, Json.object().put("text", "not evidence"))
                    .join();
            task.late(Ending.of(TaskState.FAILED, "", java.util.Optional.empty()));
            bench.store
                    .write(new Change.Forget(List.of(), java.time.Instant.EPOCH))
                    .join();

            var noted = bench.store.task(task.taskId()).orElseThrow();
            assertThat(noted.state()).isEqualTo(over.state());
            assertThat(noted.lastSeq()).isEqualTo(over.lastSeq());
            assertThat(noted.member("annotations")
                            .valueStream()
                            .map(a -> a.path("type").asString()))
                    .containsExactly("tool_result", "late_ending");
            assertThat(Json.line(noted.body())).isEqualTo(Json.line(task.task().body()));
            assertThat(bench.events(task)).hasSize((int) over.lastSeq());
        }
    }

    @Test
    @DisplayName("D1.4: notes on one task are bounded")
    void boundedNotes() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = withRandomHistory(bench, new Random(3));
            task.finish(DispatchBench.done(), 0).join();
            for (var i = 0; i < 40; i++) {
                task.record(EventType.SAFETY, Json.object().put("kind", "stop_ack"))
                        .exceptionally(refused -> null)
                        .join();
            }

            assertThat(bench.store.task(task.taskId()).orElseThrow().member("annotations"))
                    .hasSize(16);
        }
    }
}
