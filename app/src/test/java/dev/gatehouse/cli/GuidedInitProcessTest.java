package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("15: init as a person runs it, on a terminal")
class GuidedInitProcessTest {
    private static final Pattern TOKEN = Pattern.compile("Read token, shown this once:\\s+([A-Za-z0-9_-]{43})\\s");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void simulatedArm() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), directory.resolve(name));
        }
    }

    private PseudoTerminal init() throws Exception {
        return PseudoTerminal.start(directory, CliProcess.words(List.of(), List.of("init")));
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private void nothingWritten() throws Exception {
        assertThat(files()).containsExactly("ROBOT.md", "scene.yaml");
    }

    @Test
    @DisplayName("every question answered; the files, the token and the lines to copy are those that were asked for")
    void answered() throws Exception {
        try (var person = init()) {
            person.answers("Enable remote dispatch [Y/n]", "");
            person.answers("Bind address [127.0.0.1]", "");
            person.answers("Port [8080]", "9099");
            person.answers("actuate token [Y/n]", "n");
            person.answers("read token [y/N]", "y");
            person.answers("stop-only token [y/N]", "");
            person.answers("systemd commands [y/N]", "y");
            person.answers("[none]", "serve");
            person.answers("Name of this machine", "robot.example.ts.net");

            assertThat(person.exit()).isZero();
            await().untilAsserted(() -> assertThat(person.screen()).contains("version control"));
            var token = TOKEN.matcher(person.screen());
            assertThat(token.find()).as(person.screen()).isTrue();
            assertThat(person.screen())
                    .contains(
                            "--port 9099 --allow-host robot.example.ts.net",
                            "systemctl enable --now gatehouse",
                            "tailscale serve --bg --https=443 http://127.0.0.1:9099");
            assertThat(files())
                    .containsExactly(
                            ".env", "ROBOT.md", "bearers.yaml", "dispatch-test.sh", "policy.yaml", "scene.yaml");
            for (var name : files()) {
                assertThat(directory.resolve(name)).content().doesNotContain(token.group(1));
            }
        }
    }

    @Test
    @DisplayName("D15.6: Ctrl-C, however far the questions have come")
    void interrupted() throws Exception {
        try (var person = init()) {
            person.answers("Enable remote dispatch [Y/n]", "");
            person.answers("Bind address [127.0.0.1]", "");
            person.sees("Port [8080]");
            person.types(PseudoTerminal.CTRL_C);

            assertThat(person.exit()).isEqualTo(130);
            person.sees("Aborted. No files written.");
            nothingWritten();
        }
    }

    @Test
    @DisplayName("D15.6: the end of the input is the same")
    void endOfInput() throws Exception {
        try (var person = init()) {
            person.sees("Enable remote dispatch [Y/n]");
            person.types(PseudoTerminal.CTRL_D);

            assertThat(person.exit()).isEqualTo(130);
            person.sees("Aborted. No files written.");
            nothingWritten();
        }
    }

    @Test
    @DisplayName("15: no is an answer too")
    void declined() throws Exception {
        try (var person = init()) {
            person.answers("Enable remote dispatch [Y/n]", "n");

            assertThat(person.exit()).isZero();
            person.sees("Nothing was written.");
            nothingWritten();
        }
    }
}
