package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that never reads again (D4.4, threats.md T12.2). Alone, because a build that keeps it would keep two hundred. */
class DetachedReaderTest {
    @Test
    @DisplayName(
            "T12.2, D4.4: a reader that takes nothing for 30 s is let go, and the log is there for it when it returns")
    void detached() throws Exception {
        try (var server = TestServer.with().scripts(StalledReadersTest.VERBOSE).start()) {
            var log = server.as(Who.READER).run(goal("verbose", ",\"max_turns\":100,\"max_budget_usd\":50"));
            try (var reader = StalledReadersTest.stalled(server, log.taskId())) {
                assertThat(reader.readLine(Duration.ofSeconds(10))).contains("200");
                await().pollDelay(Duration.ofSeconds(31))
                        .atMost(Duration.ofSeconds(45))
                        .until(() -> true);

                var seen = StalledReadersTest.events(reader.readToEnd(Duration.ofSeconds(10)));

                assertThat(seen).hasSizeLessThan(log.durable().size());
                assertThat(seen)
                        .noneMatch(event -> event.path("type").asString().equals("result"));
            }
        }
    }
}
