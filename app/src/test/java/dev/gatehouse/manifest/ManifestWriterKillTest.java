package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("robot-md.md 15.10: kill during the write leaves old or new content, never a mixture")
class ManifestWriterKillTest {
    private static final int KILLS = 6;

    @TempDir
    private Path directory;

    /** A process that does nothing but replace a file by turns, as large as a manifest may be, until it is killed. */
    static final class Writing {
        private Writing() {}

        public static void main(String[] args) throws IOException {
            var path = Path.of(args[0]);
            var writer = new ManifestWriter(path, Optional.empty());
            for (var turn = 0; ; turn++) {
                var read = Sample.parse(Files.readString(path));
                if (!(writer.replace(read, text(turn)) instanceof ManifestWriter.Outcome.Replaced)) {
                    throw new IllegalStateException("nobody else writes");
                }
                System.out.println(turn);
            }
        }
    }

    private static String text(int turn) {
        return Sample.minimal() + (turn % 2 == 0 ? "x" : "y").repeat(ManifestParser.MAX_BYTES - 2000);
    }

    @Test
    void oldOrNew() throws Exception {
        var random = new Random(20261120);
        var path = directory.resolve("ROBOT.md");
        Files.writeString(path, Sample.minimal());
        var whole = Set.of(Sample.minimal(), text(0), text(1));
        for (var kill = 0; kill < KILLS; kill++) {
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Writing.class.getName(),
                            path.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var turns = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(turns.readLine()).isEqualTo("0");
                for (var i = random.nextInt(6); i > 0; i--) {
                    assertThat(turns.readLine()).isNotNull();
                }
                // The reader is a random part of a turn behind the writer.
                for (var i = random.nextInt(300_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
                process.destroyForcibly().waitFor();
            }

            assertThat(whole.contains(Files.readString(path))).isTrue();
            assertThat(new ManifestWriter(path, Optional.empty())
                            .replace(Sample.parse(Files.readString(path)), Sample.minimal()))
                    .isInstanceOf(ManifestWriter.Outcome.Replaced.class);
        }
    }
}
