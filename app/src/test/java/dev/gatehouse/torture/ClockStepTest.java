package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wall clock that jumps under a running task: leases and deadlines are on another clock (threats.md T26.1). */
class ClockStepTest {
    private static String state(VictimProcess victim, String id) throws InterruptedException {
        return victim.client().task(id).body().path("state").asString("");
    }

    private static String held(VictimProcess victim, int deadlineSeconds) throws InterruptedException {
        var id = victim.client().hold(deadlineSeconds).body().path("id").asString("");
        await("the task begins")
                .atMost(Duration.ofSeconds(20))
                .until(() -> state(victim, id).equals("running"));
        return id;
    }

    @Test
    @DisplayName("T26.1: a wall clock that jumps a day takes no lease and no time from a task, and gives none")
    void steps(@TempDir Path directory) throws Exception {
        var possible = FaultyHost.possible();
        assertThat(possible || System.getenv("CI") == null).as("a C compiler").isTrue();
        assumeTrue(possible, "SKIPPED: a wrong clock needs Linux and /usr/bin/cc");
        var campaign = Campaign.in(directory);
        try (var victim = campaign.startSound()) {
            var longTask = held(victim, 600);
            var generation = generation(victim);
            assertThat(generation).isPositive();
            for (var step : List.of(Duration.ofDays(1), Duration.ofDays(-1), Duration.ZERO)) {
                campaign.host().moveClock(step);
                await("the task goes on, and holds the robot")
                        .during(Duration.ofMillis(2_500))
                        .atMost(Duration.ofSeconds(6))
                        .until(() -> state(victim, longTask).equals("running") && generation(victim) == generation);
            }
            victim.client().cancel(longTask);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> state(victim, longTask).equals("canceled"));

            var shortTask = held(victim, 5);
            campaign.host().moveClock(Duration.ofDays(-1));
            await("the deadline holds")
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> state(victim, shortTask).equals("deadline"));
            assertThat(victim.end()).isZero();
        }
    }

    /** Zero if nobody holds the lease. */
    private static long generation(VictimProcess victim) throws InterruptedException {
        return victim.client().status().body().path("lease").path("generation").asLong(0);
    }
}
