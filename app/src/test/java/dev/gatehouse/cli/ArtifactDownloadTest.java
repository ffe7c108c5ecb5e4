package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import dev.gatehouse.toolserver.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse tasks ID --save DIR} (dispatcher.md 3.1). */
@Timeout(120)
class ArtifactDownloadTest {
    private static final String PHOTO =
            Scripts.script("photo", "[{call: [{tool: render, args: {do: image}}]}, {say: seen}]");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static String ordered(Bench bench, Who who) {
        var run = bench.run(who, "dispatch", "--async", "-q", "photo");
        assertThat(run.exit()).as(run.err()).isZero();
        var id = run.out().strip();
        assertThat(bench.run(who, "tasks", id, "--follow", "-q").exit()).isZero();
        return id;
    }

    @Test
    @DisplayName("what was kept is saved under its name, checked, and never over a file that is there")
    void save() throws IOException {
        try (var server = TestServer.with()
                .policy("artifacts: {keep: [pictures]}\n")
                .scripts(PHOTO)
                .toolServer(program -> {})
                .start()) {
            var bench = new Bench(server, directory);
            var id = ordered(bench, Who.WATCHER);
            var target = directory.resolve("pictures");

            var run = bench.run(Who.WATCHER, "tasks", id, "--save", target.toString());

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("saved 1 file in " + target);
            try (var files = Files.list(target)) {
                var file = files.toList().getFirst();
                assertThat(file.toString()).endsWith("-1.png");
                assertThat(file).hasSize(StandIn.PICTURE);
                assertThat(bench.run(Who.WATCHER, "tasks", id).out())
                        .contains("kept       " + file.getFileName() + ", " + StandIn.PICTURE + " bytes");
            }
            var again = bench.run(Who.WATCHER, "tasks", id, "--save", target.toString());
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.err()).contains("is there already");

            var own = ordered(bench, Who.READER);
            var refused = bench.run(
                    Who.READER, "tasks", own, "--save", directory.resolve("x").toString());
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("stream full");
            assertThat(bench.run(Who.READER, "tasks", "--save", "x").exit()).isEqualTo(64);
        }
    }

    @Test
    @DisplayName("a task of which nothing was kept says which setting keeps something")
    void nothing() {
        try (var server = TestServer.start()) {
            var bench = new Bench(server, directory);
            var run = bench.run(Who.READER, "dispatch", "--async", "-q", "describe the arm");
            var id = run.out().strip();
            assertThat(bench.run(Who.READER, "tasks", id, "--follow", "-q").exit())
                    .isZero();

            var saved = bench.run(Who.READER, "tasks", id, "--save", directory.toString());

            assertThat(saved.exit()).isZero();
            assertThat(saved.err()).contains("artifacts.keep");
        }
    }
}
