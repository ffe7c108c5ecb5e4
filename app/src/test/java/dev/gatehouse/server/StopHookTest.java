package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's hook, as a real program (D8.4, threats.md T14.4). */
class StopHookTest {
    @Test
    @DisplayName(
            "T10.2, T14.4: a stop that the robot does not confirm runs the operator's hook, without a shell and with an empty environment")
    void unconfirmed(@TempDir Path home) throws IOException {
        var said = home.resolve("said");
        var hook = home.resolve("cut-power");
        Files.writeString(hook, """
                #!/bin/sh
                printf '%s [%s]' "$2" "$HOME$USER$JAVA_HOME" > "$1"
                """);
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        try (var server = TestServer.with()
                .policy("stop: {ack_ms: 200, escalate: [hook], hook: [\"%s\", \"%s\", \"$(id); power\"]}\n"
                        .formatted(hook, said))
                .start()) {
            var confirmed = server.as(Who.BUTTON).post("/v1/estop", "").json();
            assertThat(confirmed.path("stop").path("acked").booleanValue()).isTrue();
            assertThat(said).doesNotExist();
            server.clear();

            server.faults().neverAcknowledge();
            var stop = server.as(Who.BUTTON).post("/v1/estop", "").json();
            assertThat(stop.path("stop").path("acked").booleanValue(true)).isFalse();
            await().untilAsserted(() -> assertThat(said).hasContent("$(id); power []"));
            server.faults().heal();
        }
    }
}
