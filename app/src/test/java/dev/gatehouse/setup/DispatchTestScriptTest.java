package dev.gatehouse.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D15.3, T23.2: the script keeps secrets off every command line")
class DispatchTestScriptTest {
    private static final String TOKEN = "a-token-of-43-characters";
    private static final String KEY = "sk-ant-canary";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** A curl that writes down what it was given and where. */
    @BeforeEach
    void fakeCurl() throws Exception {
        var bin = Files.createDirectory(directory.resolve("bin"));
        executable(bin.resolve("curl"), """
                #!/bin/sh
                printf '%s\\n' "$@" >"$OUT/arguments"
                cat >"$OUT/input"
                env >"$OUT/environment"
                """);
        executable(directory.resolve("dispatch-test.sh"), Contents.dispatchTest(Choices.defaults()));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void run(Map<String, String> environment) throws Exception {
        var process = new ProcessBuilder(directory.resolve("dispatch-test.sh").toString()).redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(environment);
        process.environment().put("OUT", directory.toString());
        process.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        var running = process.start();
        running.getOutputStream().close();
        var output = new String(running.getInputStream().readAllBytes(), UTF_8);
        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).as(output).isZero();
    }

    private String seen(String what) throws IOException {
        return Files.readString(directory.resolve(what));
    }

    @Test
    void tokenAndKeyFromTheEnvironment() throws Exception {
        run(Map.of("GATEHOUSE_TOKEN", TOKEN, "ANTHROPIC_API_KEY", KEY));

        assertThat(seen("input"))
                .isEqualTo("Authorization: Bearer %s\nX-Anthropic-Api-Key: %s\n".formatted(TOKEN, KEY));
        assertThat(seen("arguments"))
                .contains("-H\n@-\n", "http://127.0.0.1:8080/dispatch", "call render and describe the robot")
                .doesNotContain(TOKEN, KEY);
        assertThat(seen("environment")).doesNotContain(TOKEN, KEY);
    }

    @Test
    void tokenFromTheFileBesideIt() throws Exception {
        Files.writeString(directory.resolve("actuate.token"), TOKEN + "\n");

        run(Map.of());

        assertThat(seen("input")).isEqualTo("Authorization: Bearer " + TOKEN + "\n");
        assertThat(seen("arguments")).doesNotContain(TOKEN);
    }

    @Test
    void thereIsNoTokenInIt() {
        assertThat(Contents.dispatchTest(Choices.defaults()))
                .startsWith("#!/usr/bin/env bash\n")
                .contains("\nset -euo pipefail\n")
                .doesNotContain("@URL@");
    }
}
