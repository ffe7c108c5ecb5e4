package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.StrictYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("19: the command /enable-dispatch of Claude Code")
class EnableDispatchTest {
    private static final Path FILE = Path.of("..", "commands", "enable-dispatch.md");
    private static final String LINE = "gatehouse init --yes --no-token-stdout";
    private static final String KEY = "sk-ant-canary-of-the-workspace";
    private static final Pattern HEADED = Pattern.compile("(?s)---\n(.*?)\n---\n(.*)");
    private static final Pattern QUOTED = Pattern.compile("`(gatehouse [^`]*)`");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path workspace;

    @SuppressWarnings("NullAway.Init")
    private String head;

    @SuppressWarnings("NullAway.Init")
    private String body;

    @BeforeEach
    void read() throws Exception {
        var parts = HEADED.matcher(Files.readString(FILE));
        assertThat(parts.matches()).isTrue();
        head = parts.group(1);
        body = parts.group(2).replaceAll("\\s+", " ");
    }

    private CliRun run(String line) throws Exception {
        var words = List.of(line.split(" ", -1));
        assertThat(words.getFirst()).isEqualTo("gatehouse");
        return CliProcess.run(
                workspace,
                workspace,
                Map.of(),
                "",
                words.subList(1, words.size()).toArray(String[]::new));
    }

    private void robot() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), workspace.resolve(name));
        }
    }

    @Test
    @DisplayName("may run that one command line and nothing else")
    void allowedTools() throws Exception {
        var allowed = StrictYaml.read(head)
                .members(Set.of("description", "allowed-tools"))
                .required("allowed-tools")
                .string();

        assertThat(allowed).isEqualTo("Bash(" + LINE + ")");
    }

    @Test
    @DisplayName("says every instruction of the specification, in its order, and forbids to read the secrets")
    void instructions() {
        assertThat(body)
                .containsSubsequence(
                        "`ROBOT.md` is a file in the workspace root",
                        "stop and say",
                        "`robot-md init NAME`",
                        "`gatehouse init --help` works",
                        "stop and say",
                        "make install",
                        LINE,
                        "`bearers.yaml`, `.env`, `policy.yaml`, `dispatch-test.sh` and `actuate.token` were written",
                        "`actuate.token` (0600)",
                        "the user must open that file",
                        "Start the server:",
                        ".gitignore",
                        "Never read, print, copy or summarise `bearers.yaml` or `actuate.token`");
    }

    @Test
    @DisplayName("every command it names exists")
    void commandsExist() throws Exception {
        robot();
        var named = QUOTED.matcher(body).results().map(match -> match.group(1)).toList();
        assertThat(named).contains("gatehouse init --help");
        for (var line : named) {
            assertThat(run(line).exit()).as(line).isZero();
        }
    }

    @Test
    @DisplayName(
            "the command does what is said of it: the five files, the token only in its own, the serve line on the screen")
    void behaves() throws Exception {
        robot();

        var run = run(LINE);

        assertThat(run.exit()).as(run.err()).isZero();
        for (var name : new String[] {"bearers.yaml", ".env", "policy.yaml", "dispatch-test.sh", "actuate.token"}) {
            assertThat(workspace.resolve(name)).exists();
            assertThat(run.out()).contains(name);
        }
        var token = workspace.resolve("actuate.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(run.out() + run.err()).doesNotContain(Files.readString(token).strip());
        assertThat(run.out()).containsPattern("Start the server:\n  \\S*gatehouse serve --robot-md ");
    }

    @Test
    @DisplayName("T8.1: no model key of whoever runs it is in any file, nor on the screen")
    void keepsKeysOut() throws Exception {
        robot();

        var run = run(LINE);

        assertThat(run.out() + run.err()).doesNotContain(KEY);
        try (var files = Files.list(workspace)) {
            assertThat(files).allSatisfy(file -> assertThat(file).content().doesNotContain(KEY));
        }
    }

    @Test
    @DisplayName("and without a ROBOT.md it refuses by itself, with the command that creates one")
    void withoutManifest() throws Exception {
        var run = run(LINE);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("No ROBOT.md in", "robot-md init NAME");
        try (var files = Files.list(workspace)) {
            assertThat(files).isEmpty();
        }
    }
}
