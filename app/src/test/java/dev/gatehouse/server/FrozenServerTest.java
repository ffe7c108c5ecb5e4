package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server process that stands still longer than its lease lives (D9.3, threats.md T17.2, B12). */
class FrozenServerTest {
    private static final String PICK = "pick up the red cube and place it in the bin";

    @Test
    @DisplayName(
            "T17.2, D9.3: SIGSTOP past the TTL, SIGCONT: the arm is stopped, the task is failed lease_lost, the next one has a higher generation")
    void frozenDuringAMotion(@TempDir Path home) throws Exception {
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).dispatch(goal(PICK, ",\"approval_wait_s\":5"))) {
            events.await("progress");
            process.freeze();
            // Nothing can be looked at meanwhile: the time itself is the condition.
            await().pollDelay(Duration.ofMillis(5_500)).until(() -> true);
            process.thaw();

            var log = events.toEnd().assertWhole();
            assertThat(log.status()).isEqualTo("failed");
            assertThat(log.errorCode()).isEqualTo("lease_lost");
            assertThat(log.ofType("safety"))
                    .extracting(e -> e.path("kind").asString())
                    .containsExactlyInAnyOrder("lease_lost", "stop_issued", "stop_ack");
            assertThat(log.result().path("stop").path("acked").booleanValue()).isTrue();
            var old = generation(log);
            var next = process.as(Who.ACTUATOR).run(goal("pick up the red cube", ",\"approval_wait_s\":5"));
            assertThat(generation(next)).isGreaterThan(old);
            process.terminate();
        }
        assertThat(TestServer.audit(home.resolve("state")))
                .filteredOn(r -> r.path("event").asString().equals("lease"))
                .extracting(r -> r.path("outcome").asString())
                .startsWith("granted", "lost");
    }

    private static long generation(Log log) {
        return log.ofType("lease").getFirst().path("generation").longValue();
    }
}
