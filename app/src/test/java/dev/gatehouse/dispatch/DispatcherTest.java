package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.tool.Effect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a task from its order to its one ending. */
@Timeout(60)
class DispatcherTest {
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory, "{version: 1, limits: {max_tasks: 2}}");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** A script that is over when its task is told to stop. */
    private static Ending untilStopped(LiveTask task) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        task.onStop(LiveTask.Urgency.AFTER_CALL, stopped::countDown);
        stopped.await();
        return DispatchBench.done();
    }

    private List<String> types(LiveTask task) {
        return bench.events(task).stream().map(e -> e.type().wire()).toList();
    }

    private static TaskState ended(LiveTask task) {
        task.over().join();
        return task.task().state();
    }

    @Test
    @DisplayName("D4.2: accepted is the first and result the last event; the lease is shown")
    void aPlainTask() {
        var task = bench.submit(Effect.ACTUATE, false);

        assertThat(ended(task)).isEqualTo(TaskState.COMPLETED);
        assertThat(types(task)).containsExactly("accepted", "lease", "state", "lease", "result");
        assertThat(bench.dispatcher.open()).isZero();
        assertThat(bench.gate.lease.holder()).isEmpty();
        assertThat(bench.gate.records("task_created")).hasSize(1);
        assertThat(bench.gate.records("task_ended")).hasSize(1);
    }

    @Test
    @DisplayName("1: an executor that fails inside ends its task as failed and shows nothing of the reason")
    void brokenExecutor() {
        bench.script(task -> {
            throw new IllegalStateException("/home/robot/secret-path");
        });
        var task = bench.submit(Effect.OBSERVE, false);

        assertThat(ended(task)).isEqualTo(TaskState.FAILED);
        assertThat(Json.line(task.task().body())).contains("internal").doesNotContain("secret-path");
    }

    @Test
    @DisplayName("D12.2: a task that does not settle within 5 s of a cancel is ended without its executor, once")
    void hungExecutor() throws Exception {
        var back = new CompletableFuture<Void>();
        bench.script(task -> {
            back.join();
            return DispatchBench.done();
        });
        var moving = bench.submit(Effect.ACTUATE, false);
        var looking = bench.submit(Effect.OBSERVE, false);
        await().until(() ->
                moving.task().state() == TaskState.RUNNING && looking.task().state() == TaskState.RUNNING);
        bench.dispatcher.cancel(moving, "enough");
        bench.dispatcher.cancel(looking, "enough");
        bench.ticker.awaitSleepers(4);
        bench.ticker.advance(SETTLE.minusMillis(1));
        assertThat(moving.over()).isNotDone();
        bench.ticker.advance(Duration.ofMillis(1));

        assertThat(ended(moving)).as("it may have moved").isEqualTo(TaskState.UNKNOWN);
        assertThat(ended(looking)).as("nothing can have happened").isEqualTo(TaskState.CANCELED);
        assertThat(bench.gate.lease.holder()).isEmpty();
        back.complete(null);
        bench.script(DispatcherTest::untilStopped);
        // The executors that came back late gave back nothing a second time: there are two slots, not four.
        bench.submit(Effect.OBSERVE, false);
        bench.submit(Effect.OBSERVE, false);
        var third = bench.submit(Effect.OBSERVE, true);
        assertThat(third.task().state()).isEqualTo(TaskState.QUEUED);
        assertThat(types(moving)).containsOnlyOnce("result").endsWith("result");
        assertThat(bench.gate.records("task_ended")).hasSize(2);
        bench.dispatcher.close();
    }

    @Test
    @DisplayName("D10.4: the deadline ends what runs and what waits")
    void deadline() throws Exception {
        bench.script(DispatcherTest::untilStopped);
        var running = bench.submit(Effect.ACTUATE, true);
        var waiting = bench.submit(Effect.ACTUATE, true);
        bench.ticker.awaitSleepers(2);
        bench.ticker.advance(Duration.ofSeconds(60));

        assertThat(ended(running)).isEqualTo(TaskState.DEADLINE);
        assertThat(ended(waiting)).isEqualTo(TaskState.DEADLINE);
    }

    @Test
    @DisplayName("D9.4: a queued task begins when a direct call gives the lease back")
    void directCallGivesTheLeaseBack() {
        ActuateLease.Grant direct = bench.gate.lease.take("cal-1").orElseThrow();
        var waiting = bench.submit(Effect.ACTUATE, true);
        assertThat(waiting.task().state()).isEqualTo(TaskState.QUEUED);

        bench.gate.lease.release(direct);

        assertThat(ended(waiting)).isEqualTo(TaskState.COMPLETED);
        assertThat(types(waiting)).containsExactly("accepted", "queued", "lease", "state", "lease", "result");
    }

    @Test
    @DisplayName("D8.5, T15.3: a stop ends every task that may move, queued ones too; observing ones go on")
    void estop() {
        bench.script(DispatcherTest::untilStopped);
        var running = bench.submit(Effect.ACTUATE, true);
        var queued = bench.submit(Effect.ACTUATE, true);
        var looking = bench.submit(Effect.OBSERVE, true);

        var _ = bench.gate.robot.interlock().stop("anna", "smoke");
        bench.dispatcher.estopped();

        assertThat(ended(running)).isEqualTo(TaskState.ESTOPPED);
        assertThat(ended(queued)).isEqualTo(TaskState.ESTOPPED);
        assertThat(types(queued)).contains("safety").endsWith("result");
        assertThat(looking.over()).isNotDone();
        var after = bench.dispatcher.submit(
                bench.gate.mover(), DispatchBench.order(Effect.ACTUATE, true), Optional.empty());
        assertThat(((Submission.Refused) after).refusal().code()).isEqualTo(Refusal.Code.ESTOP_LATCHED);
        bench.dispatcher.cancel(looking, "done");
        assertThat(ended(looking)).isEqualTo(TaskState.CANCELED);
    }

    @Test
    @DisplayName("D16.4: closing refuses orders, ends every task as canceled and waits for it")
    void closing() {
        bench.script(DispatcherTest::untilStopped);
        var tasks = List.of(
                bench.submit(Effect.ACTUATE, true),
                bench.submit(Effect.ACTUATE, true),
                bench.submit(Effect.OBSERVE, true));

        bench.dispatcher.close();

        assertThat(tasks).allSatisfy(task -> {
            assertThat(task.over()).isDone();
            assertThat(task.task().state()).isEqualTo(TaskState.CANCELED);
        });
        var late = bench.dispatcher.submit(
                bench.gate.mover(), DispatchBench.order(Effect.OBSERVE, true), Optional.empty());
        assertThat(((Submission.Refused) late).refusal().code()).isEqualTo(Refusal.Code.STOPPING);
    }

    @Test
    @DisplayName("T8.1, D4.6: a key or a bearer in goal, tool text or model text is in no file")
    void redaction() throws Exception {
        var key = "sk-ant-canary-0123456789-abcdefghij";
        var bearer = "reader-token-0000000000000000";
        var secrets = "the key is " + key + " and the token " + bearer;
        bench.script(task -> {
            task.emit(EventType.TEXT, Json.object().put("text", secrets));
            task.emit(EventType.TOOL_RESULT, Json.object().put(key, secrets));
            return Ending.of(TaskState.COMPLETED, secrets, Optional.empty());
        });
        var order = DispatchBench.order(secrets, Effect.OBSERVE, false, Optional.empty());
        var secret = Secret.of(key);
        var task = bench.submit(bench.gate.mover(), order, Optional.of(secret));
        assertThat(ended(task)).isEqualTo(TaskState.COMPLETED);

        assertThat(Json.line(task.task().body())).contains("[redacted:key:").doesNotContain(key);
        assertThat(bench.gate.records("task_created")).hasSize(1);
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(text.contains(key) || text.contains(bearer))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("T8.4: the holder of a key is wiped when the task ends, and when the order is refused")
    void keysAreWiped() {
        var used = Secret.of("sk-ant-canary-1111111111-abcdefghij");
        var refused = Secret.of("sk-ant-canary-2222222222-abcdefghij");
        var task = bench.submit(bench.gate.mover(), DispatchBench.order(Effect.OBSERVE, false), Optional.of(used));
        task.over().join();
        bench.dispatcher.submit(bench.gate.reader(), DispatchBench.order(Effect.ACTUATE, false), Optional.of(refused));

        assertThat(List.of(used, refused))
                .allSatisfy(secret -> org.assertj.core.api.Assertions.assertThatThrownBy(secret::reveal)
                        .isInstanceOf(IllegalStateException.class));
    }
}
