package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.config.YamlValue;
import dev.gatehouse.gate.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dispatcher.md section 15 on the command line. */
class InitCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void simulatedArm() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), directory.resolve(name));
        }
    }

    private CliRun init(String... flags) {
        var words = new String[flags.length + 3];
        words[0] = "init";
        words[1] = "--dir";
        words[2] = directory.toString();
        System.arraycopy(flags, 0, words, 3, flags.length);
        return CliRun.of(words);
    }

    @Test
    @DisplayName("D15.2, D15.5: the token once, the serve line, the tip")
    void shows() {
        var run = init("--yes");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.matches(" *[A-Za-z0-9_-]{43}")))
                .hasSize(1);
        assertThat(run.out())
                .contains(
                        "  gatehouse serve --robot-md " + directory.resolve("ROBOT.md"),
                        "--driver sim-arm --host 127.0.0.1 --port 8080",
                        "  " + directory.resolve("dispatch-test.sh"),
                        ".gitignore: bearers.yaml .env dispatch-test.sh policy.yaml actuate.token");
    }

    @Test
    @DisplayName("D15.2: with --no-token-stdout nothing secret is printed")
    void shownNothing() throws Exception {
        var run = init("--yes", "--no-token-stdout");

        assertThat(run.out())
                .contains("Actuate token written to ./actuate.token (0600). Open the file to read it.")
                .doesNotContain(
                        Files.readString(directory.resolve("actuate.token")).strip());
    }

    @Test
    void twiceNeedsForce() throws Exception {
        init("--yes");
        var before = Files.readString(directory.resolve("bearers.yaml"));

        var again = init("--yes");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).startsWith("gatehouse init: bearers.yaml, .env, dispatch-test.sh, policy.yaml in ");
        assertThat(directory.resolve("bearers.yaml")).hasContent(before);

        assertThat(init("--yes", "--force").exit()).isZero();
        assertThat(Files.readString(directory.resolve("bearers.yaml"))).isNotEqualTo(before);
    }

    @Test
    @DisplayName("15, precondition 6: no terminal, no questions")
    void withoutYes() {
        var run = init();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("gatehouse init --yes");
        assertThat(directory.resolve("bearers.yaml")).doesNotExist();
    }

    @Test
    void withoutManifest() throws Exception {
        Files.delete(directory.resolve("ROBOT.md"));

        var run = init("--yes");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("gatehouse init: No ROBOT.md in " + directory);
    }

    @Test
    @DisplayName("policy.yaml says what holds anyway, and pins the tools")
    void policy() throws Exception {
        init("--yes");

        var written = StrictYaml.read(directory.resolve("policy.yaml"), Policy::read);
        var builtIn = Policy.builtIn();
        assertThat(written.surfacePin())
                .hasValueSatisfying(pin -> assertThat(pin).matches("[0-9a-f]{64}"));
        assertThat(written)
                .usingRecursiveComparison()
                .ignoringFields("surfacePin", "sha256")
                .isEqualTo(builtIn);
        assertThat(builtIn.surfacePin()).isEqualTo(Optional.empty());
        assertThat(StrictYaml.read(directory.resolve("bearers.yaml"), YamlValue::items))
                .hasSize(1);
    }
}
