package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 7: structural problems fail at start-up, content problems are served")
class ManifestStartTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private ManifestStart start(String frontmatter) throws Exception {
        var file = Files.writeString(directory.resolve("ROBOT.md"), "---\n" + frontmatter + "\n---\n");
        return ManifestStart.of(new ManifestFile(file, Ticker.system()));
    }

    @Test
    void aNameIsEnough() throws Exception {
        assertThat(start("metadata: {robot_name: bob}"))
                .isInstanceOfSatisfying(
                        ManifestStart.Ready.class,
                        ready -> assertThat(ready.line())
                                .isEqualTo("serving " + directory.resolve("ROBOT.md") + " as 'bob'"));
    }

    @Test
    @DisplayName("8.2: the name it is served under is trimmed")
    void trimmed() throws Exception {
        assertThat(start("metadata: {robot_name: '  bob '}"))
                .isInstanceOfSatisfying(
                        ManifestStart.Ready.class,
                        ready -> assertThat(ready.name()).isEqualTo("bob"));
    }

    @Test
    void aNameCannotForgeALine() throws Exception {
        assertThat(start("metadata: {robot_name: \"b\\ngatehouse: stopped\\e[2J\"}"))
                .isInstanceOfSatisfying(
                        ManifestStart.Ready.class,
                        ready -> assertThat(ready.line()).endsWith(" as 'b gatehouse: stopped\\u001b[2J'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: 1", "metadata: {}", "metadata: {robot_name: ' '}", "metadata: {robot_name: 7}", "metadata: x"
            })
    void nameless(String frontmatter) throws Exception {
        assertThat(start(frontmatter))
                .isInstanceOfSatisfying(
                        ManifestStart.Failed.class,
                        failed -> assertThat(failed.message()).startsWith("manifest is missing metadata.robot_name"));
    }

    @Test
    void unreadable() throws Exception {
        assertThat(start("metadata: ["))
                .isInstanceOfSatisfying(
                        ManifestStart.Failed.class,
                        failed -> assertThat(failed.message()).startsWith("invalid YAML frontmatter"));
        Files.delete(directory.resolve("ROBOT.md"));
        assertThat(ManifestStart.of(new ManifestFile(directory.resolve("ROBOT.md"), Ticker.system())))
                .isEqualTo(new ManifestStart.Failed("file not readable"));
    }
}
