package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("robot-md.md 7: the four sources and their exit codes, in a process of its own")
class ManifestSearchTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "sim-arm", "ROBOT.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Path work;

    @BeforeEach
    void directories() throws Exception {
        home = Files.createDirectories(directory.resolve("home"));
        work = Files.createDirectories(directory.resolve("work/deep"));
    }

    private CliRun validate(Map<String, String> environment, String... arguments) throws Exception {
        var words = new String[arguments.length + 1];
        words[0] = "validate";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return CliProcess.run(work, home, environment, "", words);
    }

    @Test
    @DisplayName("nothing found: exit 2, the four sources, usage")
    void nothing() throws Exception {
        var run = validate(Map.of(), "--json");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("--path", "ROBOT_MD_PATH", home + "/.config/robot-md/manifests.yaml", work.toString())
                .contains("Usage: gatehouse validate");
    }

    @Test
    @DisplayName("found by a walk or by configuration is said, by variable is not; a bad source is exit 1")
    void sources() throws Exception {
        var walked = Files.copy(EXAMPLE, directory.resolve("work/ROBOT.md"));
        assertThat(validate(Map.of()))
                .satisfies(run -> assertThat(run.exit()).isZero())
                .satisfies(run ->
                        assertThat(run.err()).isEqualTo("gatehouse validate: found via cwd walk at " + walked + "\n"));

        var file = Files.createDirectories(home.resolve(".config/robot-md")).resolve("manifests.yaml");
        Files.writeString(file, "robots:\n  - path: \"" + walked + "\"\n");
        assertThat(validate(Map.of()).err()).isEqualTo("gatehouse validate: using " + file + " first entry\n");

        var quiet = validate(Map.of("ROBOT_MD_PATH", walked.toString(), "LC_ALL", "C.UTF-8"));
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).startsWith("✓ bench-arm ");
        assertThat(validate(Map.of("LC_ALL", "C"), "--path", walked.toString()).out())
                .as("signs that the reader can see")
                .startsWith("+ bench-arm ");

        Files.writeString(file, "robots: [");
        assertThat(validate(Map.of()))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err()).startsWith("gatehouse validate: " + file + ", line "));
    }
}
