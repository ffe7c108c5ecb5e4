package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.robot.Outcome;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest changes while something moves by it (robot-md.md 10.5). */
@Timeout(60)
class ManifestWatchTest {
    @TempDir
    Path directory;

    private final ManualTicker ticker = new ManualTicker();

    private static Outcome untilStopped(dev.gatehouse.robot.Permit permit, CountDownLatch moving) {
        moving.countDown();
        while (permit.live()) {
            Thread.onSpinWait();
        }
        return Outcome.blocked("stopped", "a stop came");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edited", "deleted"})
    @DisplayName("10.5: within 200 ms of it the motion is stopped, without a latch, and the call says why")
    void duringAMotion(String how) throws Exception {
        try (var bench = new GateBench(directory, GateBench.Setup.standard().at(ticker))) {
            var moving = new CountDownLatch(1);
            bench.driver.onMotion((command, permit, progress) -> untilStopped(permit, moving));
            var call = new FutureTask<>(() -> bench.gate.call(bench.mover(), bench.pick()));
            Thread.ofVirtual().start(call);
            moving.await();
            // The limit of the call, and the watch between two looks.
            ticker.awaitSleepers(2);
            if (how.equals("edited")) {
                Files.writeString(bench.robotMd, "\nOne more line.\n", StandardOpenOption.APPEND);
            } else {
                Files.delete(bench.robotMd);
            }
            assertThat(call).isNotDone();

            ticker.advance(Duration.ofMillis(200));

            var result = call.get();
            assertThat(reason(result)).contains("manifest_changed");
            assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.ABORTED);
            assertThat(result.structured().orElseThrow().path("status").asString(""))
                    .isEqualTo("blocked");
            assertThat(bench.robot.interlock().state().latched()).isFalse();
            assertThat(bench.driver.halts()).isPositive();
            assertThat(bench.records("tool_outcome")).hasSize(1);
        }
    }

    @Test
    @DisplayName("10.6: a latch that is set meanwhile is the stronger reason")
    void latchWins() throws Exception {
        try (var bench = new GateBench(directory, GateBench.Setup.standard().at(ticker))) {
            var moving = new CountDownLatch(1);
            bench.driver.onMotion((command, permit, progress) -> untilStopped(permit, moving));
            var call = new FutureTask<>(() -> bench.gate.call(bench.mover(), bench.pick()));
            Thread.ofVirtual().start(call);
            moving.await();
            Files.delete(bench.robotMd);
            bench.robot.interlock().stop("anna", "");

            assertThat(reason(call.get())).contains("estop");
        }
    }

    @Test
    @DisplayName("10.5: a motion that is over leaves nobody watching, and a manifest that stays the same stops nothing")
    void afterwards() throws Exception {
        try (var bench = new GateBench(directory, GateBench.Setup.standard().at(ticker))) {
            assertThat(bench.gate.call(bench.mover(), bench.pick()).outcome()).isEqualTo(ToolResult.Outcome.OK);
            var halts = bench.driver.halts();
            Files.writeString(bench.robotMd, "\nOne more line.\n", StandardOpenOption.APPEND);
            ticker.advance(Duration.ofSeconds(1));

            await().during(Duration.ofMillis(100)).until(() -> bench.driver.halts() == halts);
        }
    }
}
