package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of many tasks, and of a server that was killed: nothing (threats.md T19.2). */
class SoakTest {
    private static final int WARM_UP = 250;
    private static final int TASKS = 1_000;
    /** What the test, its HTTP client and the garbage collector may have at one moment and not at another. */
    private static final int DESCRIPTORS = 40;

    private static final int THREADS = 20;
    private static final long BYTES = 8L << 20;

    /** What a process holds. */
    private record Holdings(long descriptors, int threads, long heap, Set<String> files) {
        static Holdings of(TestServer server) {
            var memory = ManagementFactory.getMemoryMXBean();
            memory.gc();
            memory.gc();
            try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return new Holdings(
                        descriptors.count(),
                        Thread.getAllStackTraces().size(),
                        memory.getHeapMemoryUsage().getUsed(),
                        below(server.state()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Names below a directory; the segments of the audit are as many as there is to tell. */
    private static Set<String> below(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.endsWith(".ndjson"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Tasks that end in all the ways there are for small ones. */
    private static void work(TestServer server, int count) {
        var reader = server.as(Who.READER);
        for (var i = 0; i < count; i++) {
            switch (i % 5) {
                case 0 -> assertThat(reader.run(goal("nod")).status()).isEqualTo("completed");
                case 1 ->
                    assertThat(server.as(Who.ACTUATOR).run(goal("tap")).status())
                            .isEqualTo("completed");
                case 2 -> assertThat(reader.run(goal("refuse")).status()).isEqualTo("refused");
                case 3 -> {
                    var id = reader.post("/v1/tasks", goal("muse"), "Prefer", "respond-async")
                            .json()
                            .path("id")
                            .asString();
                    reader.post("/v1/tasks/" + id + "/cancel", "");
                }
                default -> reader.dispatch(goal("nod")).close();
            }
        }
        await("all tasks are over")
                .atMost(Duration.ofSeconds(60))
                .until(() -> reader.get("/v1/status").json().path("open_tasks").intValue() == 0);
    }

    @Test
    @DisplayName("T19.2: 1 000 tasks leave no descriptor, no thread, no memory and no file behind")
    void flat() {
        try (var server = TestServer.with()
                .scripts(
                        script("nod", "[{say: done}]"),
                        script("refuse", "[{say: no, stop: refusal}]"),
                        script("muse", "[{say: late, fault: {hang_ms: 2000}}]"),
                        Scripts.TAP)
                .start()) {
            work(server, WARM_UP);
            var before = Holdings.of(server);
            work(server, TASKS);

            await("as before").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                var after = Holdings.of(server);
                assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + DESCRIPTORS);
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + THREADS);
                assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + BYTES);
                assertThat(after.files()).isEqualTo(before.files());
            });
        }
    }

    @Test
    @DisplayName("T19.2: what a killed server left half written is removed at the next start, and nothing else is")
    void leftovers(@TempDir Path home) throws Exception {
        try (var process = ServerProcess.start(home)) {
            process.as(Who.READER).run(goal("look around"));
            process.kill();
        }
        var state = home.resolve("state");
        var half = Set.of(
                state.resolve(".estop.json123.tmp"),
                state.resolve(".server.json456.tmp"),
                state.resolve("audit").resolve(".head.json789.tmp"));
        for (var file : half) {
            Files.writeString(file, "{\"v\":1,");
        }
        Files.writeString(state.resolve("notes.tmp"), "of somebody else");

        try (var server = TestServer.with().in(home).start()) {
            assertThat(half).allSatisfy(file -> assertThat(file).doesNotExist());
            assertThat(state.resolve("notes.tmp")).exists();
            assertThat(server.as(Who.READER)
                            .get("/v1/tasks")
                            .json()
                            .path("tasks")
                            .size())
                    .isEqualTo(1);
        }
    }
}
