package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of one host that drive the same robot (robot-md.md 10.7, 15.8). */
class SharedLatchTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static boolean latched(TestServer server) {
        return server.as(Who.ADMIN)
                .get("/v1/status")
                .json()
                .path("interlock")
                .path("latched")
                .booleanValue();
    }

    @Test
    @DisplayName(
            "10.7: a stop in one server ends the motion of the other; nothing resumes when one person has cleared it")
    void shared() {
        var latch = directory.resolve("robot.json");
        try (var one = TestServer.with().latch(latch).scripts(Scripts.CREEP).start();
                var other = TestServer.with().latch(latch).start();
                var events = one.as(Who.ACTUATOR).dispatch(goal("creep"))) {
            await().until(() -> one.arm().moving());

            assertThat(other.as(Who.BUTTON).post("/v1/estop", "").status()).isEqualTo(200);

            assertThat(events.toEnd().status()).isEqualTo("estopped");
            assertThat(one.arm().moving()).isFalse();
            assertThat(latched(one)).isTrue();

            other.clear();
            await().until(() -> !latched(one));
            assertThat(one.arm().moving()).isFalse();
        }
    }
}
