package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.broken.BrokenBuild;
import dev.gatehouse.broken.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("T22.2: a build whose gate does not gate serves nobody")
class BrokenGateTest {
    /** No tier is ever refused. */
    private static final Edit BREAK = new Edit(
            "gate/Rules.java",
            List.of("return Optional.of(Verdict.Deny.error(Step.TIER, code, request.call().tool() + \" \" + what));"),
            List.of("return Optional.empty();"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @Timeout(180)
    @DisplayName("serve says what is wrong and ends with exit code 3, before it listens")
    void brokenGate() throws Exception {
        var arm = Arm.setUp(directory);
        var words = CliProcess.words(List.of(), arm.serve());
        words.set(
                words.indexOf("-cp") + 1,
                BrokenBuild.of(List.of(BREAK), directory.resolve("broken")).classPath());
        var said = directory.resolve("said");
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !process.isAlive() || Files.readString(said).contains("ready on"));
            assertThat(said).content().doesNotContain("ready on");
            assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(3);
            assertThat(said)
                    .content()
                    .contains("gatehouse serve: self-test failed: the gate let a reader ask for motion");
        } finally {
            process.destroyForcibly();
        }
    }
}
