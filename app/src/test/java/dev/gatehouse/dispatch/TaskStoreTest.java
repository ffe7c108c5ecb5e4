package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TaskStoreTest {
    @TempDir
    Path directory;

    private static TaskEvent event(Task task, long seq, EventType type) {
        return new TaskEvent(
                task.id(), seq, java.time.Instant.EPOCH, type, Json.object().put("n", seq));
    }

    @Test
    @DisplayName("D14.1: what was acknowledged is there after a restart, in order")
    void survives() throws Exception {
        String id;
        try (var bench = new DispatchBench(directory)) {
            var task = bench.loose(Effect.OBSERVE);
            id = task.taskId();
            task.emit(EventType.ACCEPTED, Json.object());
            var last = CompletableFuture.<Void>completedFuture(null);
            for (var i = 0; i < 500; i++) {
                last = task.record(EventType.TEXT, Json.object().put("text", "t" + i));
            }
            last.join();
        }
        try (var store = TaskStore.open(directory)) {
            var events = store.events(id, 0, 1000);
            assertThat(events).hasSize(501);
            for (var i = 0; i < events.size(); i++) {
                assertThat(events.get(i).seq()).isEqualTo(i + 1);
            }
            assertThat(store.task(id).orElseThrow().lastSeq()).isEqualTo(501);
            assertThat(store.open()).extracting(Task::id).containsExactly(id);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("tasks.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("D1.4: a terminal state is written once")
    void terminalRow() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = bench.loose(Effect.OBSERVE);
            task.emit(EventType.ACCEPTED, Json.object());
            task.finish(DispatchBench.done(), 0).join();
            var over = bench.store.task(task.taskId()).orElseThrow();

            var late = bench.store.append(over, event(over, over.lastSeq() + 1, EventType.TEXT));

            assertThatThrownBy(late::join).isInstanceOf(CompletionException.class);
            assertThat(bench.store.events(over.id(), 0, 100)).hasSize(2);
            assertThat(bench.store.task(over.id()).orElseThrow()).isEqualTo(over);
        }
    }

    @Test
    @DisplayName("4.1: an event whose predecessor was lost is not written: no log has a gap")
    void noGaps() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var task = bench.loose(Effect.OBSERVE).task();
            var results = new ArrayList<Boolean>();
            for (var seq : new long[] {2, 1, 1, 2, 4, 3, 4}) {
                var written = bench.store.append(task, event(task, seq, EventType.TEXT));
                results.add(written.handle((done, failure) -> failure == null).join());
            }
            assertThat(results).containsExactly(false, true, false, true, false, true, true);
            assertThat(bench.store.events(task.id(), 0, 10))
                    .extracting(TaskEvent::seq)
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    @DisplayName("D14.1: one bad entry does not take its neighbours with it")
    void neighbours() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            var futures = new ArrayList<CompletableFuture<Boolean>>();
            for (var i = 0; i < 200; i++) {
                var task = bench.loose(Effect.OBSERVE).task();
                futures.add(bench.store
                        .append(task, event(task, i % 10 == 0 ? 7 : 1, EventType.ACCEPTED))
                        .handle((done, failure) -> failure == null));
            }
            assertThat(futures.stream().filter(CompletableFuture::join)).hasSize(180);
            assertThat(bench.store.list(TaskFilter.ALL, 1000)).hasSize(180);
        }
    }

    @Test
    @DisplayName("D14.1: a store that is closed refuses, and nobody waits for it")
    void closed() {
        var bench = new DispatchBench(directory);
        var task = bench.loose(Effect.OBSERVE).task();
        bench.close();

        var written = bench.store.append(task, event(task, 1, EventType.ACCEPTED));

        assertThatThrownBy(written::join).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("D1.1: without a durable task an order is refused, and leaves nothing behind")
    void refusedWithoutStore() throws Exception {
        try (var bench = new DispatchBench(directory)) {
            bench.store.close();
            for (var i = 0; i < 20; i++) {
                var answer = bench.dispatcher.submit(
                        bench.gate.mover(), DispatchBench.order(Effect.ACTUATE, false), Optional.empty());
                assertThat(answer).isInstanceOf(Submission.Refused.class);
                assertThat(((Submission.Refused) answer).refusal().code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
            }
            assertThat(bench.dispatcher.open()).isZero();
            assertThat(bench.gate.lease.holder()).isEmpty();
        }
    }
}
