package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell makes of {@code gatehouse completion}. */
class CompletionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path script() throws Exception {
        var run = CliRun.of("completion", "bash");
        assertThat(run.exit()).isZero();
        return Files.writeString(directory.resolve("gatehouse.bash"), run.out());
    }

    /** What bash says, which has to end well. */
    private static String bash(String... words) throws Exception {
        var command = new java.util.ArrayList<>(java.util.List.of("bash", "--norc"));
        command.addAll(java.util.List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** What bash offers for the last of these words. */
    private String completed(String... words) throws Exception {
        var line = String.join(" ", words);
        var quoted = "'" + String.join("' '", words) + "'";
        return bash(
                "-c",
                "source " + script() + "; COMP_WORDS=(" + quoted + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE='"
                        + line + "'; COMP_POINT=" + line.length()
                        + "; _complete_gatehouse gatehouse 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    @Test
    @DisplayName("bash accepts the script without a word")
    void syntax() throws Exception {
        assertThat(bash("-n", script().toString())).isEmpty();
    }

    @Test
    @DisplayName("bash completes a verb, a verb of a verb, and an option")
    void completes() throws Exception {
        assertThat(completed("gatehouse", "disp").strip()).isEqualTo("dispatch");
        assertThat(completed("gatehouse", "approvals", "app").strip()).isEqualTo("approve");
        assertThat(completed("gatehouse", "dispatch", "--idem").strip()).isEqualTo("--idempotency-key");
    }

    @Test
    void zshGetsTheSame() {
        assertThat(CliRun.of("completion", "zsh").out())
                .isEqualTo(CliRun.of("completion", "bash").out())
                .contains("bashcompinit");
        assertThat(CliRun.of("completion", "fish").exit()).isEqualTo(2);
    }
}
