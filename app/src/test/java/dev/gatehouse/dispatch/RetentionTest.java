package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten, and what never is (D14.3). */
@Timeout(60)
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

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

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    /** A task of long ago. */
    private String task(Duration ago, boolean over, Optional<IdempotencyKey> under) {
        var then = at(NOW.minus(ago));
        var order = DispatchBench.order(Effect.OBSERVE, true);
        var id = bench.gate.ids.mint(dev.gatehouse.id.Ids.Kind.TASK);
        var accepted = Task.accepted(id, order, bench.gate.mover(), "scripted", "none", true, then.instant());
        var log = new TaskLog(bench.store, then, accepted);
        log.accept(Json.object(), under).join();
        if (over) {
            log.append(EventType.RESULT, Json.object().put("status", "completed"))
                    .join();
        }
        return id;
    }

    private String over(Duration ago) {
        return task(ago, true, Optional.empty());
    }

    private List<String> kept() throws StoreUnavailableException {
        return bench.store.list(TaskFilter.ALL, 1000).stream().map(Task::id).toList();
    }

    private int sweep(int most) {
        return Retention.sweep(bench.store, new Retention.Limits(Duration.ofDays(30), most), at(NOW));
    }

    @Test
    @DisplayName("D14.3: a task that has been over for 30 days goes, with its log; a younger one and an open one stay")
    void age() throws Exception {
        var old = over(Duration.ofDays(30).plusSeconds(1));
        var open = task(Duration.ofDays(60), false, Optional.empty());
        var young = over(Duration.ofDays(30).minusSeconds(1));

        assertThat(sweep(10_000)).isEqualTo(1);

        assertThat(kept()).containsExactlyInAnyOrder(open, young);
        assertThat(bench.store.events(old, 0, 10)).isEmpty();
        assertThat(bench.store.events(young, 0, 10)).hasSize(2);
        assertThat(sweep(10_000)).isZero();
    }

    @Test
    @DisplayName("D14.3: of too many the oldest go, but none that ended within the window of its key")
    void count() throws Exception {
        var tasks = new ArrayList<String>();
        for (var days = 20; days > 0; days--) {
            tasks.add(over(Duration.ofDays(days).plusMinutes(1)));
        }
        var fresh = new ArrayList<String>();
        for (var hours = 23; hours > 13; hours--) {
            fresh.add(over(Duration.ofHours(hours)));
        }

        sweep(15);
        assertThat(kept()).containsExactlyInAnyOrderElementsOf(concat(tasks.subList(15, 20), fresh));

        sweep(3);
        assertThat(kept()).containsExactlyInAnyOrderElementsOf(fresh);
    }

    private static List<String> concat(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Test
    @DisplayName("D14.3: more than one transaction holds are forgotten as well")
    void many() throws Exception {
        for (var i = 0; i < 450; i++) {
            over(Duration.ofDays(40));
        }

        assertThat(sweep(10_000)).isEqualTo(450);
        assertThat(kept()).isEmpty();
    }

    private static IdempotencyKey key(String name) {
        return IdempotencyKey.of("crd-1", "dispatch", name, Json.object());
    }

    @Test
    @DisplayName("D13.1: a key counts for 24 hours, and for as long as its task runs")
    void keys() throws Exception {
        task(Duration.ofHours(25), true, Optional.of(key("old")));
        var open = task(Duration.ofHours(25), false, Optional.of(key("old, running")));
        var young = task(Duration.ofHours(23), true, Optional.of(key("young")));

        sweep(10_000);

        assertThat(bench.store.ordered(key("old").scope())).isEmpty();
        assertThat(bench.store
                        .ordered(key("old, running").scope())
                        .orElseThrow()
                        .taskId())
                .isEqualTo(open);
        assertThat(bench.store.ordered(key("young").scope()).orElseThrow().taskId())
                .isEqualTo(young);
    }

    @Test
    @DisplayName(
            "D14.3: what was kept of a task goes with it, unless another task has the same, or it was written just now")
    void artifacts() throws Exception {
        var now = bench.gate.clock.instant();
        var shared = bench.files.keep("a.png", "image/png", new byte[] {1});
        var alone = bench.files.keep("b.png", "image/png", new byte[] {2});
        var unnamed = bench.files.keep("c.png", "image/png", new byte[] {3});
        keeping(Duration.ofDays(31), shared, alone);
        keeping(Duration.ofDays(1), shared);
        for (var artifact : List.of(shared, alone)) {
            Files.setLastModifiedTime(
                    directory.resolve(ArtifactFiles.DIRECTORY).resolve(artifact.sha256()),
                    FileTime.from(now.minus(Duration.ofHours(2))));
        }

        sweep(10_000);
        Retention.sweep(bench.store, bench.files);

        assertThat(bench.files.read(shared.sha256())).isPresent();
        assertThat(bench.files.read(alone.sha256())).isEmpty();
        assertThat(bench.files.read(unnamed.sha256())).isPresent();
    }

    private void keeping(Duration ago, Artifact... artifacts) {
        var id = task(ago, false, Optional.empty());
        try {
            var log = new TaskLog(
                    bench.store, at(NOW.minus(ago)), bench.store.task(id).orElseThrow());
            for (var artifact : artifacts) {
                log.append(EventType.ARTIFACT, artifact.members(id)).join();
            }
            log.append(EventType.RESULT, Json.object().put("status", "completed"))
                    .join();
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("D14.3: sweeps when the server starts and then every hour; the audit is left alone")
    void hourly() throws Exception {
        over(Duration.ofDays(31));
        var audit = auditBytes();
        try (var _ = Retention.start(bench.store, bench.files, Retention.Limits.STANDARD, at(NOW), bench.ticker)) {
            org.awaitility.Awaitility.await().until(() -> kept().isEmpty() && bench.ticker.sleepers() == 1);
            over(Duration.ofDays(31));
            bench.ticker.advance(Duration.ofMinutes(59));
            assertThat(kept()).hasSize(1);
            bench.ticker.advance(Duration.ofMinutes(1));
            org.awaitility.Awaitility.await().until(() -> kept().isEmpty());
        }
        assertThat(auditBytes()).isEqualTo(audit);
    }

    private long auditBytes() throws java.io.IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
