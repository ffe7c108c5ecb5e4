package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a follower is given, fast or slow (section 4). */
@Timeout(60)
class FollowerTest {
    private static final Duration NOT_AT_ALL = Duration.ZERO;

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
        bench.close();
    }

    private LiveTask running() {
        var task = bench.loose(Effect.ACTUATE);
        task.emit(EventType.ACCEPTED, Json.object());
        task.record(EventType.STATE, Json.object().put("from", "accepted").put("to", "running"))
                .join();
        return task;
    }

    private Follower follower(LiveTask task, StreamLevel level, long after) {
        return new Follower(bench.store, task.taskId(), Optional.of(task), level, after, bench.gate.clock);
    }

    private static void say(LiveTask task, int times, int characters) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (var i = 0; i < times; i++) {
            last = task.record(EventType.TEXT, Json.object().put("turn", 1).put("text", "x".repeat(characters)));
        }
        last.join();
    }

    private static List<String> seen(List<Line> lines) {
        return lines.stream()
                .map(line -> line.type().equals("gap")
                        ? "gap " + line.json().path("from_seq") + ".."
                                + line.json().path("to_seq") + " after "
                                + line.json().path("after")
                        : line.type())
                .toList();
    }

    @Test
    @DisplayName(
            "D4.4: who stands still gets the oldest 256 lines, then what nobody may miss, and gap lines for the rest")
    void standsStill() throws Exception {
        var task = running();
        var follower = follower(task, StreamLevel.PROGRESS, 0);
        assertThat(follower.next(NOT_AT_ALL)).hasSize(2);

        say(task, 300, 10);
        task.emit(EventType.APPROVAL_REQUIRED, Json.object().put("approval_id", "apr-1"));
        task.emit(EventType.SAFETY, Json.object().put("kind", "estop"));
        say(task, 5, 10);
        task.emit(EventType.ERROR, Json.object().put("code", "internal"));
        task.finish(DispatchBench.done(), 0).join();

        var lines = follower.next(NOT_AT_ALL);
        assertThat(lines.subList(0, 256)).allMatch(line -> line.type().equals("text"));
        assertThat(lines.get(255).seq()).hasValue(258);
        assertThat(seen(lines.subList(256, lines.size())))
                .containsExactly(
                        "gap 259..302 after 258",
                        "approval_required",
                        "safety",
                        "gap 305..309 after 304",
                        "error",
                        "result");
        assertThat(follower.done()).isTrue();
    }

    @Test
    @DisplayName("D4.4: the queue is also full at 1 MiB")
    void fullOfBytes() throws Exception {
        var task = running();
        var follower = follower(task, StreamLevel.PROGRESS, 0);
        follower.next(NOT_AT_ALL);

        say(task, 100, 30_000);

        var lines = follower.next(NOT_AT_ALL);
        assertThat(lines.stream().mapToInt(Line::length).sum()).isBetween(1 << 20, (1 << 20) + 40_000);
        assertThat(lines.getLast().type()).isEqualTo("gap");
        assertThat(lines.getLast().json().path("to_seq").longValue()).isEqualTo(102);
        say(task, 1, 10);
        assertThat(seen(follower.next(NOT_AT_ALL)))
                .as("from here on it keeps up again")
                .containsExactly("text");
    }

    @Test
    @DisplayName("D4.4: reading an old log from its start is not being slow, also while the task goes on")
    void replay() throws Exception {
        var task = running();
        say(task, 1500, 10);
        var follower = follower(task, StreamLevel.PROGRESS, 0);

        var seqs = new ArrayList<Long>();
        while (seqs.size() < 1502) {
            follower.next(NOT_AT_ALL).forEach(line -> seqs.add(line.seq().orElseThrow()));
        }

        assertThat(seqs).first().isEqualTo(1L);
        assertThat(seqs).last().isEqualTo(1502L);
        assertThat(seqs).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("D4.3: at the lowest level nothing is ever missing, and what is hidden wakes nobody")
    void lowestLevel() throws Exception {
        var task = running();
        var follower = follower(task, StreamLevel.RESULT, 0);
        assertThat(seen(follower.next(NOT_AT_ALL))).containsExactly("accepted");

        say(task, 600, 10);
        assertThat(follower.next(NOT_AT_ALL)).isEmpty();
        task.emit(EventType.SAFETY, Json.object().put("kind", "estop"));
        say(task, 600, 10);
        task.finish(DispatchBench.done(), 0).join();

        var lines = new ArrayList<Line>();
        while (!follower.done()) {
            lines.addAll(follower.next(Duration.ofSeconds(5)));
        }
        assertThat(seen(lines)).containsExactly("safety", "result");
    }

    @Test
    @DisplayName("D4.3: a follower that may not see a body takes it from nobody else")
    void sharedEvents() throws Exception {
        var task = running();
        var members = Json.object().put("call_id", "cal-1");
        members.putArray("content").addObject().put("kind", "text").put("text", "the body");
        task.record(EventType.TOOL_RESULT, members).join();

        var brief = follower(task, StreamLevel.PROGRESS, 2).next(NOT_AT_ALL).getFirst();
        var full = follower(task, StreamLevel.FULL, 2).next(NOT_AT_ALL).getFirst();

        assertThat(brief.text()).doesNotContain("the body");
        assertThat(full.text()).contains("the body");
    }

    @Test
    @DisplayName(
            "4.1: text as it is written carries the number of the event before it, and old text is not shown again")
    void deltas() throws Exception {
        var order = DispatchBench.order(Effect.OBSERVE, true);
        var task = bench.loose(new Order(
                order.kind(),
                order.goal(),
                order.maxTurns(),
                order.maxBudgetMicros(),
                order.effect(),
                order.engine(),
                order.model(),
                order.deadline(),
                order.queue(),
                order.stream(),
                order.onDisconnect(),
                order.deadMan(),
                order.approvalWait(),
                true,
                order.labels(),
                order.ignoredFields(),
                order.call(),
                order.arrival()));
        task.record(EventType.ACCEPTED, Json.object()).join();
        task.delta(1, "first");
        say(task, 1, 10);
        task.delta(2, "second");
        say(task, 1, 10);

        var fromTheStart = follower(task, StreamLevel.PROGRESS, 0).next(NOT_AT_ALL);
        var later = follower(task, StreamLevel.PROGRESS, 2).next(NOT_AT_ALL);

        assertThat(fromTheStart.stream()
                        .map(line -> line.type() + line.json().path("after").asString("")))
                .containsExactly("accepted", "text_delta1", "text", "text_delta2", "text");
        assertThat(seen(later)).containsExactly("text_delta", "text");
    }

    @Test
    @DisplayName("T12.2, D11.7: no number of followers that read nothing makes the task wait")
    void stalled() throws Exception {
        var task = running();
        var followers = new ArrayList<Follower>();
        for (var i = 0; i < 200; i++) {
            var follower = follower(task, StreamLevel.PROGRESS, 0);
            follower.next(NOT_AT_ALL);
            followers.add(follower);
        }

        say(task, 1000, 100);
        task.finish(DispatchBench.done(), 0).join();

        for (var follower : followers) {
            var lines = follower.next(NOT_AT_ALL);
            assertThat(seen(lines.subList(256, lines.size()))).containsExactly("gap 259..1002 after 258", "result");
        }
    }

    @Test
    @DisplayName("B14: whoever comes back where it was cut, or where a gap line says so, sees each number once")
    void resuming() throws Exception {
        var task = running();
        var random = new Random(11);
        var readers = new ArrayList<FutureTask<List<Long>>>();
        for (var i = 0; i < 12; i++) {
            var seed = random.nextLong();
            var reader = new FutureTask<>(() -> resumed(task, new Random(seed)));
            readers.add(reader);
            Thread.ofVirtual().start(reader);
        }
        say(task, 3000, 20);
        task.finish(DispatchBench.done(), 0).join();

        for (var reader : readers) {
            var seqs = reader.get();
            assertThat(seqs).hasSize((int) task.task().lastSeq());
            for (var i = 0; i < seqs.size(); i++) {
                assertThat(seqs.get(i)).isEqualTo(i + 1L);
            }
        }
    }

    /** Disconnects at random, and whenever it was told that it missed something. */
    private List<Long> resumed(LiveTask task, Random random) throws Exception {
        var seqs = new ArrayList<Long>();
        var over = false;
        while (!over) {
            var follower = follower(task, StreamLevel.FULL, seqs.isEmpty() ? 0 : seqs.getLast());
            var connected = true;
            while (connected && !follower.done()) {
                for (var line : follower.next(Duration.ofMillis(50))) {
                    if (line.type().equals("gap") || random.nextInt(200) == 0) {
                        connected = false;
                        break;
                    }
                    line.seq().ifPresent(seqs::add);
                    over |= line.type().equals("result");
                }
            }
        }
        return seqs;
    }

    @Test
    @DisplayName("T9.1, D4.1: whatever is recorded fits a line, and says so if it was cut")
    void everyLineFits() throws Exception {
        var task = running();
        var members = Json.object().put("code", "internal").put("message", "m".repeat(10_000_000));
        var many = members.putArray("many");
        for (var i = 0; i < 100_000; i++) {
            many.add("\u2028".repeat(20));
        }
        task.record(EventType.ERROR, members).join();
        say(task, 1, 30_000);

        var lines = follower(task, StreamLevel.FULL, 2).next(NOT_AT_ALL);

        assertThat(lines.getFirst().length()).isLessThan(TaskEvent.MAX_LINE_BYTES);
        assertThat(lines.getFirst().json().path("truncated").booleanValue()).isTrue();
        assertThat(lines.getFirst().json().path("code").asString()).isEqualTo("internal");
        assertThat(lines.get(1).json().has("truncated")).isFalse();
    }
}
