package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("robot-md.md 15.10: kill during the write leaves old or new content, never a mixture")
class ManifestWriterKillTest {
    private static final int KILLS = 3;
    private static final int LOOKS = 300;

    private static final List<byte[]> WHOLE = Stream.of(Sample.minimal(), text(0), text(1))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

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
    @DisplayName("what a reader finds at any moment is what a kill at that moment would leave")
    void oldOrNew() throws Exception {
        var random = new Random(20261120);
        var path = directory.resolve("ROBOT.md");
        Files.writeString(path, Sample.minimal());
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
                for (var look = LOOKS + random.nextInt(LOOKS); look > 0; look--) {
                    assertWhole(Files.readAllBytes(path));
                }
                assertThat(process.isAlive()).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertWhole(Files.readAllBytes(path));
        }
    }

    private static void assertWhole(byte[] found) {
        assertThat(WHOLE.stream().anyMatch(whole -> Arrays.equals(whole, found)))
                .as("%d bytes", found.length)
                .isTrue();
    }
}
