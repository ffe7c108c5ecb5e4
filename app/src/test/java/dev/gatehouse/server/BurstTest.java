package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More orders at once than there are places (dispatcher.md section 9, B15). */
class BurstTest {
    private static final int ORDERS = 1_000;
    private static final int AT_ONCE = 100;

    @Test
    @DisplayName("B15: 1 000 orders with queue, as fast as they can be sent: all are accepted, and each has its end")
    void burst() throws Exception {
        try (var server =
                TestServer.with().scripts(script("nod", "[{say: done}]")).start()) {
            var tasks = new HashSet<String>();
            try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
                var posts = new ArrayList<Callable<Answer>>();
                for (var i = 0; i < ORDERS; i++) {
                    var body = goal("nod " + i, ",\"queue\":true");
                    posts.add(() -> server.as(Who.READER).post("/dispatch", body, "Prefer", "respond-async"));
                }
                for (var answer : pool.invokeAll(posts)) {
                    assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(202);
                    tasks.add(answer.get().json().path("id").asString());
                }
            }
            assertThat(tasks).hasSize(ORDERS);

            await("nobody waits any more")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> server.as(Who.READER)
                                    .get("/v1/status")
                                    .json()
                                    .path("open_tasks")
                                    .intValue()
                            == 0);
            for (var task : tasks) {
                assertThat(server.as(Who.READER)
                                .get("/v1/tasks/" + task)
                                .json()
                                .path("state")
                                .asString())
                        .isEqualTo("completed");
            }
        }
    }
}
