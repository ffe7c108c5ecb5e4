package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditVerifier;
import dev.gatehouse.dispatch.TaskFilter;
import dev.gatehouse.dispatch.TaskStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D16.4: SIGTERM to a server that moves the robot")
class ShutdownTest {
    private static final String PICK = "pick the red cube and place it in the bin";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    @DisplayName(
            "the motion is stopped, every task ends canceled, the reader is told, the record is whole, exit 0 within 15 s")
    void duringAMotion() throws Exception {
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).dispatch(goal(PICK))) {
            events.await(event -> event.path("type").asString().equals("progress"));
            var queued = process.as(Who.ACTUATOR).post("/v1/tasks", goal(PICK), "Prefer", "respond-async");
            assertThat(queued.status()).isEqualTo(202);

            var since = System.nanoTime();
            assertThat(process.terminate()).isZero();

            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(15));
            var log = events.toEnd().assertWhole();
            assertThat(log.status()).isEqualTo("canceled");
            assertThat(log.ofType("tool_result").getLast().path("outcome").asString())
                    .isEqualTo("aborted");
        }
        try (var store = TaskStore.open(home.resolve("state"))) {
            assertThat(store.list(TaskFilter.ALL, 10))
                    .hasSize(2)
                    .allSatisfy(task -> assertThat(task.state().wire()).isEqualTo("canceled"));
        }
        var records = TestServer.audit(home.resolve("state"));
        var intents = records.stream()
                .filter(r -> r.path("event").asString().equals("tool_intent"))
                .map(r -> r.path("call").asString())
                .toList();
        var outcomes = records.stream()
                .filter(r -> r.path("event").asString().equals("tool_outcome"))
                .map(r -> r.path("call").asString())
                .toList();
        assertThat(intents).isNotEmpty();
        assertThat(outcomes).containsAll(intents);
        assertThat(records.getLast().path("event").asString()).isEqualTo("stop");
        assertThat(AuditVerifier.verify(home.resolve("state/audit")).exitCode()).isZero();
    }
}
