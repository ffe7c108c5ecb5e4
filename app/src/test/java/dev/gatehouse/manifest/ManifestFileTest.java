package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("robot-md.md 8.9: the file is read afresh on every call")
class ManifestFileTest {
    @TempDir
    private Path directory;

    private Path path = Path.of("");
    private final PausingTicker ticker = new PausingTicker();

    @BeforeEach
    void create() throws IOException {
        path = directory.resolve("ROBOT.md");
        Files.writeString(path, Sample.minimal());
    }

    @Test
    @DisplayName("1: changes are seen at once, identical bytes are not parsed again")
    void afresh() throws IOException {
        var file = new ManifestFile(path, ticker);
        var first = file.read();
        assertThat(file.read()).isSameAs(first);
        Files.writeString(path, Sample.minimal().replace("tin-mouse", "lead-mouse"));
        assertThat(file.read())
                .isInstanceOfSatisfying(
                        Manifest.class, now -> assertThat(now.robotName()).contains("lead-mouse"));
        assertThat(ticker.pauses).isEmpty();
    }

    @Test
    @DisplayName("3: a deleted file is an error without a path, a restored one works again")
    void deletedAndRestored() throws IOException {
        var file = new ManifestFile(path, ticker);
        Files.delete(path);
        assertThat(file.read()).isEqualTo(new Unreadable("file not readable"));
        Files.writeString(path, Sample.minimal());
        assertThat(file.read()).isInstanceOf(Manifest.class);
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(new ManifestFile(directory, ticker).read()).isEqualTo(new Unreadable("file not readable"));
    }

    @Test
    @DisplayName("2: one retry after 50 ms bridges a writer that truncates first")
    void retry() throws IOException {
        Files.writeString(path, "");
        ticker.meanwhile = () -> Files.writeString(path, Sample.minimal());
        assertThat(new ManifestFile(path, ticker).read()).isInstanceOf(Manifest.class);
        assertThat(ticker.pauses).containsExactly(50_000_000L);
    }

    @Test
    @DisplayName("2: there is only one retry")
    void stillBroken() throws IOException {
        Files.writeString(path, "broken");
        assertThat(new ManifestFile(path, ticker).read())
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).startsWith("no frontmatter found"));
        assertThat(ticker.pauses).hasSize(1);
    }

    @Test
    @DisplayName("2: a file that vanishes between the tries is not readable")
    void vanishes() throws IOException {
        Files.writeString(path, "broken");
        ticker.meanwhile = () -> Files.delete(path);
        assertThat(new ManifestFile(path, ticker).read()).isEqualTo(new Unreadable("file not readable"));
    }

    @Test
    @DisplayName("a file that is too large is refused without being kept")
    void tooLarge() throws IOException {
        Files.write(path, new byte[ManifestParser.MAX_BYTES * 3]);
        assertThat(new ManifestFile(path, ticker).read())
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).startsWith("file is too large"));
    }

    @Test
    @DisplayName("an interrupt ends the wait and stays visible")
    void interrupted() throws IOException {
        Files.writeString(path, "broken");
        ticker.interrupt = true;
        assertThat(new ManifestFile(path, ticker).read()).isInstanceOf(Unreadable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Time that stands still, with something happening while it is waited for. */
    private static final class PausingTicker implements Ticker {
        private final List<Long> pauses = new ArrayList<>();
        private Step meanwhile = () -> {};
        private boolean interrupt;

        private interface Step {
            void run() throws IOException;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleepUntil(long nanoTime) throws InterruptedException {
            if (interrupt) {
                throw new InterruptedException();
            }
            pauses.add(nanoTime);
            try {
                meanwhile.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
