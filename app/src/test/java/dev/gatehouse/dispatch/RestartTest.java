package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new process makes of the tasks of one that died (D1.6). */
@Timeout(60)
class RestartTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "accepted, none, canceled",
        "queued, none, canceled",
        "running, none, failed",
        "running, closed, failed",
        "running, open, unknown",
        "awaiting_approval, none, failed",
        "awaiting_approval, open, unknown",
        "stopping, none, failed",
        "stopping, open, unknown"
    })
    @DisplayName(
            "D1.6: waiting is canceled, running has failed, and is unknown if a call was let through without an outcome")
    void settle(String state, String intent, String expected) throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = bench.loose(Effect.ACTUATE);
            task.emit(EventType.ACCEPTED, Json.object());
            switch (TaskState.ofWire(state)) {
                case QUEUED -> task.emit(EventType.QUEUED, Json.object());
                case RUNNING -> task.move(TaskState.RUNNING, "");
                case AWAITING_APPROVAL -> {
                    task.move(TaskState.RUNNING, "");
                    task.move(TaskState.AWAITING_APPROVAL, "");
                }
                case STOPPING -> {
                    task.move(TaskState.RUNNING, "");
                    task.move(TaskState.STOPPING, "");
                }
                default -> assertThat(state).isEqualTo("accepted");
            }
            task.record(EventType.USAGE, Json.object().put("turn", 3).put("total_usd", new BigDecimal("0.010672")))
                    .join();
            if (!intent.equals("none")) {
                bench.gate.audit.write(call(AuditEvent.TOOL_INTENT, task.taskId()));
            }
            if (intent.equals("closed")) {
                bench.gate.audit.write(call(AuditEvent.TOOL_OUTCOME, task.taskId()));
            }

            assertThat(Restart.settle(bench.store, bench.gate.audit, bench.gate.clock))
                    .isEqualTo(1);
            assertThat(Restart.settle(bench.store, bench.gate.audit, bench.gate.clock))
                    .as("once")
                    .isZero();

            var settled = bench.store.task(task.taskId()).orElseThrow();
            assertThat(settled.state().wire()).isEqualTo(expected);
            assertThat(settled.result().orElseThrow().path("error").path("code").asString(""))
                    .isEqualTo("server_restart");
            assertThat(settled.result().orElseThrow().path("num_turns").intValue())
                    .isEqualTo(3);
            assertThat(settled.result().orElseThrow().path("total_usd").decimalValue())
                    .as("what was spent before the end is not forgotten")
                    .isEqualByComparingTo("0.010672");
            assertThat(bench.events(task)).last().extracting(TaskEvent::type).isEqualTo(EventType.RESULT);
            assertThat(bench.gate.records("task_ended")).hasSize(1);
        }
    }

    private static AuditEntry call(AuditEvent event, String task) {
        return AuditEntry.of(event)
                .withTask(task)
                .withAction(new AuditEntry.Action("cal-1", "robot", "execute_capability", "actuate", Json.object()));
    }
}
