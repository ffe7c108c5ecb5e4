package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D15.6: init --import")
class InitImportTest {
    private static final String TOKEN = "a-token-of-the-old-days";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path old;

    @BeforeEach
    void configurations() throws Exception {
        for (var name : new String[] {"ROBOT.md", "scene.yaml"}) {
            Files.copy(Path.of("..", "examples", "sim-arm").resolve(name), directory.resolve(name));
        }
        bearers("[{token: " + TOKEN + ", tier: actuate, caller: kitchen}]", "rw-------");
    }

    private void bearers(String yaml, String mode) throws Exception {
        var file = Files.writeString(old.resolve("bearers.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private CliRun init() {
        return CliRun.of("init", "--yes", "--dir", directory.toString(), "--import", old.toString());
    }

    private void refused(String why) {
        var run = init();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("gatehouse init: ", why).doesNotContain(TOKEN);
        assertThat(directory.resolve("bearers.yaml")).doesNotExist();
    }

    @Test
    @DisplayName("callers, bind and port go on; no new token is made; the old files stay as they are")
    void imported() throws Exception {
        var before = Files.writeString(
                old.resolve("dispatcher.env"), "ROBOT_MD_HOST=127.0.0.1\nROBOT_MD_PORT=9292\nOTHER=x\n");

        var run = init();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Callers taken over with their tokens: 1", "left out: OTHER", "--port 9292")
                .doesNotContain(TOKEN, "token, shown this once");
        assertThat(directory.resolve("bearers.yaml"))
                .content()
                .contains("caller: \"kitchen\"", "token_sha256: \"")
                .doesNotContain(TOKEN);
        assertThat(old.resolve("bearers.yaml")).content().contains(TOKEN);
        assertThat(before).content().contains("9292");
    }

    @Test
    @DisplayName("the env file that init of 0.2.0 wrote comes first; without any, the defaults hold")
    void envFiles() throws Exception {
        assertThat(init().out()).contains("--port 8080");
        for (var name : new String[] {"bearers.yaml", ".env", "policy.yaml", "dispatch-test.sh"}) {
            Files.delete(directory.resolve(name));
        }
        Files.writeString(old.resolve("a.env"), "ROBOT_MD_PORT=1\n");
        Files.writeString(old.resolve("b.env"), "ROBOT_MD_PORT=2\n");
        refused("several env files");
        Files.writeString(old.resolve(".env"), "ROBOT_MD_PORT=9393\n");
        assertThat(init().out()).contains("--port 9393");
    }

    @Test
    void wrongPort() throws Exception {
        Files.writeString(old.resolve(".env"), "ROBOT_MD_PORT=http\n");
        refused("ROBOT_MD_PORT is no number");
        Files.writeString(old.resolve(".env"), "ROBOT_MD_PORT=70000\n");
        refused("ROBOT_MD_PORT must be from 1 to 65535");
    }

    @Test
    @DisplayName("what a server would not accept is not taken over: the entry is named, the token never")
    void wrongBearers() throws Exception {
        bearers("[{token: " + TOKEN + ", tier: king, caller: kitchen}]", "rw-------");
        refused("tier: has an unknown value");
        bearers("[{token: " + TOKEN + ", tier: read, caller: kitchen}]", "rw-r--r--");
        refused("chmod 600");
        Files.delete(old.resolve("bearers.yaml"));
        refused("cannot be read");
    }
}
