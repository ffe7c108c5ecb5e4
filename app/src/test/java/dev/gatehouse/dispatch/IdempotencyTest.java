package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders that come twice (section 13). */
@Timeout(60)
class IdempotencyTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    @BeforeEach
    void open() {
        bench = new DispatchBench(directory);
    }

    @AfterEach
    void close() {
        bench.dispatcher.close();
        bench.close();
    }

    private static IdempotencyKey key(String key, String goal) {
        return IdempotencyKey.of("crd-1", "dispatch", key, Json.object().put("goal", goal));
    }

    private KeyedSubmission submit(IdempotencyKey key) throws Exception {
        return bench.dispatcher.submit(
                bench.gate.mover(), DispatchBench.order(Effect.ACTUATE, true), Optional.empty(), key);
    }

    private static String taskOf(KeyedSubmission submission) {
        return switch (submission) {
            case KeyedSubmission.First(Submission.Accepted(var task)) -> task.taskId();
            case KeyedSubmission.First(Submission.Refused(var refusal)) -> throw new AssertionError(refusal);
            case KeyedSubmission.Repeated(var task) -> task.id();
        };
    }

    private static Refusal refusalOf(KeyedSubmission submission) {
        if (submission instanceof KeyedSubmission.First(Submission.Refused(var refusal))) {
            return refusal;
        }
        throw new AssertionError("not refused: " + submission);
    }

    @Test
    @DisplayName("D13.3, T13.1: many posts at once with one key are one task, which is worked on once")
    void parallel() throws Exception {
        var worked = new AtomicInteger();
        bench.script(task -> {
            worked.incrementAndGet();
            return DispatchBench.done();
        });
        for (var round = 0; round < 20; round++) {
            var key = key("round " + round, "pick");
            var go = new CountDownLatch(1);
            var posts = new ArrayList<FutureTask<KeyedSubmission>>();
            for (var i = 0; i < 50; i++) {
                var post = new FutureTask<>(() -> {
                    go.await();
                    return submit(key);
                });
                posts.add(post);
                Thread.ofVirtual().start(post);
            }
            go.countDown();
            var tasks = new HashSet<String>();
            var first = 0;
            for (var post : posts) {
                tasks.add(taskOf(post.get()));
                first += post.get() instanceof KeyedSubmission.First ? 1 : 0;
            }
            assertThat(tasks).hasSize(1);
            assertThat(first).isEqualTo(1);
        }
        // Closing cancels what has not begun.
        await().until(() -> worked.get() == 20);
        bench.dispatcher.close();
        assertThat(worked).hasValue(20);
    }

    @Test
    @DisplayName("D13.2: the same key for another body is refused, and the first task is left alone")
    void mismatch() throws Exception {
        var first = taskOf(submit(key("k", "pick")));

        var refusal = refusalOf(submit(key("k", "place")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.IDEMPOTENCY_MISMATCH);
        assertThat(bench.store.list(TaskFilter.ALL, 10)).extracting(Task::id).containsExactly(first);
    }

    @Test
    @DisplayName("D13.1: the same body is the same whatever the order of its members and the form of its numbers")
    void canonical() throws Exception {
        var one = IdempotencyKey.of("crd-1", "dispatch", "k", Json.read("{\"goal\":\"x\",\"max_turns\":20}"));
        var other = IdempotencyKey.of("crd-1", "dispatch", "k", Json.read("{ \"max_turns\":2.0e1, \"goal\":\"x\" }"));

        assertThat(one).isEqualTo(other);
        assertThatThrownBy(() -> IdempotencyKey.of("c", "r", "k", Json.read("{\"n\":9007199254740993}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("D13.1: a key counts for one credential and one route")
    void scope() throws Exception {
        var body = Json.object().put("goal", "pick");
        var tasks = new HashSet<String>();
        tasks.add(taskOf(submit(IdempotencyKey.of("crd-1", "dispatch", "k", body))));
        tasks.add(taskOf(submit(IdempotencyKey.of("crd-2", "dispatch", "k", body))));
        tasks.add(taskOf(submit(IdempotencyKey.of("crd-1", "tasks", "k", body))));
        tasks.add(taskOf(submit(IdempotencyKey.of("crd-1", "dispatch", "K", body))));

        assertThat(tasks).hasSize(4);
    }

    @Test
    @DisplayName("D13.4: what was refused stores nothing under its key")
    void refusedStoresNothing() throws Exception {
        var latch = new CountDownLatch(1);
        bench.script(task -> {
            latch.await();
            return DispatchBench.done();
        });
        var holder = bench.submit(Effect.ACTUATE, false);
        var order = DispatchBench.order(Effect.ACTUATE, false);
        var busy = bench.dispatcher.submit(bench.gate.mover(), order, Optional.empty(), key("k", "pick"));
        assertThat(refusalOf(busy).code()).isEqualTo(Refusal.Code.BUSY);
        latch.countDown();
        holder.over().join();

        // Another body under the same key: nobody remembers the first.
        var accepted = bench.dispatcher.submit(bench.gate.mover(), order, Optional.empty(), key("k", "place"));

        assertThat(accepted).isInstanceOf(KeyedSubmission.First.class);
        assertThat(taskOf(accepted)).startsWith("tsk-");
    }

    @Test
    @DisplayName("D13.2, T13.2: while the first is being created the second waits, and is then told to ask again")
    void inFlight() throws Exception {
        var claims = new KeyClaims(bench.store, SHORT);
        var first = claims.claim(key("k", "pick"));

        var second = claims.claim(key("k", "pick"));

        assertThat(second).isInstanceOf(KeyClaims.Answer.Refused.class);
        assertThat(((KeyClaims.Answer.Refused) second).refusal().code()).isEqualTo(Refusal.Code.IDEMPOTENCY_IN_FLIGHT);
        assertThat(((KeyClaims.Answer.Refused) second).refusal().retryAfterS()).hasValue(1);
        assertThat(claims.claim(key("other", "pick"))).as("nobody else waits").isInstanceOf(KeyClaims.Claim.class);
        ((KeyClaims.Claim) first).close();
        assertThat(claims.claim(key("k", "pick"))).isInstanceOf(KeyClaims.Claim.class);
        assertThat(KeyClaims.PATIENCE).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("D13.2: the second gets the task of the first as soon as it is there")
    void waiting() throws Exception {
        var claims = new KeyClaims(bench.store, Duration.ofSeconds(30));
        var first = (KeyClaims.Claim) claims.claim(key("k", "pick"));
        var second = new FutureTask<>(() -> claims.claim(key("k", "pick")));
        Thread.ofVirtual().start(second);

        var task = bench.loose(Effect.OBSERVE);
        task.accepted(Json.object(), Optional.of(key("k", "pick"))).join();
        first.close();

        assertThat(second.get()).isEqualTo(new KeyClaims.Answer.Known(task.taskId()));
    }

    @Test
    @DisplayName(
            "D13.3: the row of the key and the task are one transaction: a second task under the key is not written")
    void oneTransaction() throws Exception {
        var first = bench.loose(Effect.OBSERVE);
        first.accepted(Json.object(), Optional.of(key("k", "pick"))).join();
        var second = bench.loose(Effect.OBSERVE);
        var written = second.accepted(Json.object(), Optional.of(key("k", "pick")));

        assertThat(written.handle((done, failure) -> failure != null).join()).isTrue();
        assertThat(bench.store.task(second.taskId())).isEmpty();
        assertThat(bench.store.events(second.taskId(), 0, 10)).isEmpty();
        assertThat(bench.store.ordered(key("k", "pick").scope()).orElseThrow().taskId())
                .isEqualTo(first.taskId());
    }

    @Test
    @DisplayName("T8.1: a key is on disk as a hash only, because callers put anything into it")
    void hashed() throws Exception {
        submit(key("my-very-secret-key", "pick"));

        try (var files = java.nio.file.Files.list(directory)) {
            for (var file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
                assertThat(new String(
                                java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("my-very-secret-key");
            }
        }
    }
}
