package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path directory;

    private int run(List<String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-Dstdout.encoding=UTF-8",
                "-Dgatehouse.home=" + Path.of("..").toAbsolutePath().normalize(),
                "dev.gatehouse.cli.Main",
                "demo"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().remove("ANTHROPIC_API_KEY");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        for (var i = 0; i < environment.size(); i += 2) {
            builder.environment().put(environment.get(i), environment.get(i + 1));
        }
        var process = builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String file(String name) throws Exception {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void theWholeStoryHoldsIsToldInPlainLinesAndEndsWithStatusZero() throws Exception {
        var status = run(List.of(), "--fast");
        assertThat(file("err")).isEmpty();
        assertThat(file("out"))
                .doesNotContain("\u001b", "\r", "NOT TRUE", "not observed")
                .contains("rehearsal: no intelligence is involved")
                .containsSubsequence(
                        " 1  A goal goes in",
                        "script  calls render",
                        "red_cube found at pixel",
                        "✓ ok: picked up red_cube",
                        " 2  A person is asked",
                        "? a person must agree",
                        "the exact call: execute_capability {\"capability\":\"arm.place\",\"args\":{\"target\":\"green_bin\"}}",
                        "anna    ✓ approved",
                        "✓ ok: put red_cube at green_bin",
                        "✓ completed",
                        " 3  The same goal from somebody who may only look",
                        "✗ 403 tier_required",
                        "gate    ✗ refused tier_required",
                        " 4  Stop, in the middle of a motion",
                        "ms from the press to the confirmed answer (sent to the arm after ",
                        "✗ aborted: estop",
                        "✗ 409 estop_latched",
                        "✗ 403 role_required",
                        "✓ cleared",
                        "still estopped",
                        " 5  The record",
                        "✓ intact: ",
                        "✗ tampered: hash_mismatch at record ",
                        "What was shown, and checked",
                        "✓ The red cube was found, picked, and placed: the camera sees the red cube 0 mm from",
                        "✓ Placing waited until a person had agreed",
                        "✓ The same goal from the reader was refused at the gate",
                        "✓ The stop came in the middle of a motion",
                        "✓ Nothing resumed after clearing",
                        "✓ One flipped bit in a copy of it was found",
                        "All of it held.");
        assertThat(status).isZero();
        try (var leftOvers = Files.list(directory.resolve("tmp"))) {
            assertThat(leftOvers).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNoneIsTurnedDownAtOnceAndNotRepeated() throws Exception {
        assertThat(run(List.of("ANTHROPIC_API_KEY", "canary\nkey"), "--fast")).isEqualTo(1);
        assertThat(file("out")).isEmpty();
        assertThat(file("err")).contains("does not look like a key").doesNotContain("canary");
    }
}
