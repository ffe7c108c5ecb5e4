package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Admission;
import dev.gatehouse.robot.ClearOutcome;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop at the gate: always let through, and nothing slips past it. */
@Timeout(120)
class GateStopTest {
    @TempDir
    Path directory;

    static <T> FutureTask<T> start(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    @DisplayName(
            "D6.3, D8.8, T14.5: wrong arguments, no tier, an ending task, a set latch, no manifest and no disk do not matter")
    void alwaysLetThrough() throws Exception {
        try (var bench = new GateBench(directory)) {
            var ending = new Scope(bench);
            ending.ending = true;
            bench.disk.fill();
            Files.delete(bench.robotMd);
            var nonsense = Json.object().put("stop", false).put("token", GateBench.MOVER);
            nonsense.put("long", "x".repeat(100_000));

            var button = bench.who(GateBench.BUTTON);
            for (var result : java.util.List.of(
                    bench.gate.call(button, bench.call("estop", nonsense)),
                    bench.gate.call(button, ending, bench.call("estop", nonsense)))) {
                assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.OK);
                assertThat(result.isError()).isFalse();
            }
            assertThat(bench.robot.interlock().state().latched()).isTrue();
            assertThat(bench.driver.halts()).isPositive();
        }
    }

    @Test
    @DisplayName("D6.3: a stop is audited after the act")
    void auditedAfterwards() throws Exception {
        try (var bench = new GateBench(directory)) {
            bench.gate.call(bench.reader(), bench.call("estop", Json.object()));

            assertThat(bench.records("tool_intent"))
                    .extracting(r -> r.path("effect").asString(""))
                    .containsExactly("stop");
            assertThat(bench.records("tool_outcome")).hasSize(1);
        }
    }

    @Test
    @DisplayName("10.6: a stop in the middle of a motion ends the call with reason estop")
    void estopInTheMiddle() throws Exception {
        try (var bench = new GateBench(directory)) {
            var moving = new CountDownLatch(1);
            bench.driver.onMotion((command, permit, progress) -> {
                moving.countDown();
                await().until(() -> !permit.live());
                return Outcome.error("cut", "the arm noticed");
            });
            var call = start(() -> bench.gate.call(bench.mover(), bench.pick()));
            moving.await();
            bench.gate.call(bench.reader(), bench.call("estop", Json.object()));

            assertThat(reason(call.get())).contains("estop");
            assertThat(call.get().outcome()).isEqualTo(ToolResult.Outcome.ABORTED);
        }
    }

    @Test
    @DisplayName("D11.3: an interrupted caller stops the motion protectively, without latching")
    void interruptedCaller() throws Exception {
        try (var bench = new GateBench(directory)) {
            var moving = new CountDownLatch(1);
            bench.driver.onMotion((command, permit, progress) -> {
                moving.countDown();
                new CountDownLatch(1).await();
                return Outcome.ok("never");
            });
            var caller = new Thread[1];
            var call = start(() -> {
                caller[0] = Thread.currentThread();
                return bench.gate.call(bench.mover(), bench.pick());
            });
            moving.await();
            caller[0].interrupt();

            assertThat(reason(call.get())).contains("stopped");
            assertThat(call.get().outcome()).isEqualTo(ToolResult.Outcome.ABORTED);
            assertThat(bench.driver.halts()).isPositive();
            assertThat(bench.robot.interlock().state().latched()).isFalse();
        }
    }

    @Test
    @DisplayName(
            "D10.5, T19.1: a driver that hangs is stopped at the limit and left at a definite time; the effect is unknown")
    void hangingDriver() throws Exception {
        var ticker = new ManualTicker();
        try (var bench = new GateBench(directory, GateBench.Setup.standard().at(ticker))) {
            var moving = new CountDownLatch(1);
            var heal = new CompletableFuture<Void>();
            bench.driver.onMotion((command, permit, progress) -> {
                moving.countDown();
                // Deaf to being told to come back: that is what this test is about.
                heal.join();
                return Outcome.ok("late");
            });
            var scope = new Scope(bench).withLease(bench.lease);
            var call = start(() -> bench.gate.call(bench.mover(), scope, bench.pick()));
            moving.await();
            ticker.awaitSleepers(1);
            ticker.advance(Duration.ofSeconds(119));
            assertThat(bench.driver.halts()).as("before the limit").isZero();

            ticker.advance(Duration.ofSeconds(1));
            await().until(() -> bench.driver.halts() > 0);
            assertThat(call.isDone()).isFalse();
            ticker.awaitSleepers(1);
            ticker.advance(Duration.ofSeconds(4));

            assertThat(call.get().outcome()).isEqualTo(ToolResult.Outcome.UNKNOWN);
            assertThat(reason(call.get())).contains("tool_timeout");
            assertThat(bench.records("tool_intent")).hasSize(1);
            assertThat(bench.records("tool_outcome")).as("nobody knows it").isEmpty();
            heal.complete(null);
        }
    }

    @Test
    @DisplayName("T14.2: in 10 000 interleavings of stop and call nothing may move once the stop has returned")
    void nothingSlipsPastTheLatch() throws Exception {
        try (var bench = new GateBench(directory)) {
            bench.disk.hurry();
            var interlock = bench.robot.interlock();
            var stopped = new AtomicBoolean();
            var begun = new AtomicInteger();
            var late = new AtomicInteger();
            bench.driver.onMotion((command, permit, progress) -> {
                // Read in this order: a stop that had returned before leaves no permit alive.
                var after = stopped.get();
                if (permit.live() && after) {
                    late.incrementAndGet();
                }
                begun.incrementAndGet();
                return Outcome.ok("done");
            });
            var blocked = 0;
            for (var round = 0; round < 10_000; round++) {
                stopped.set(false);
                var began = begun.get();
                var call = start(() -> bench.gate.call(bench.mover(), bench.run("gripper.open", Json.object())));
                for (var i = 0; i < (round % 500) * 20; i++) {
                    Thread.onSpinWait();
                }
                var report = interlock.stop("anna", "race");
                stopped.set(true);
                var reason = reason(call.get()).orElse("");

                assertThat(reason).isIn("", "estop_set", "stopped");
                assertThat(begun.get() - began).isEqualTo(reason.isEmpty() ? 1 : 0);
                blocked += reason.isEmpty() ? 0 : 1;
                assertThat(interlock.clear(report.latch().orElseThrow().latchId(), "anna", "next", true, () -> {}))
                        .isInstanceOf(ClearOutcome.Cleared.class);
            }
            assertThat(late).hasValue(0);
            assertThat(blocked).as("the race went both ways").isBetween(1, 9_999);
        }
    }

    @Test
    void aPermitFromBeforeTheStopIsNoGood() throws Exception {
        try (var bench = new GateBench(directory)) {
            var before = (Admission.Admitted) bench.robot.interlock().admit();
            bench.robot.interlock().stop("anna", "");

            assertThat(before.permit().live()).isFalse();
        }
    }
}
