package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("T22.2: a build whose gate does not gate serves nobody")
class BrokenGateTest {
    private static final Path RULES = Path.of("src", "main", "java", "dev", "gatehouse", "gate", "Rules.java");

    /** Where a tier is refused: the whole method that says so. */
    private static final Pattern DENY =
            Pattern.compile("(Optional<Verdict\\.Deny> denyTier\\([^)]*\\) \\{)", Pattern.DOTALL);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** The rules of the gate with one line more: no tier is ever refused. */
    private Path brokenBuild() throws Exception {
        var broken = DENY.matcher(Files.readString(RULES))
                .replaceFirst("$1\n        if (request != null) {\n            return Optional.empty();\n        }");
        assertThat(broken).as("the place to break was found").isNotEqualTo(Files.readString(RULES));
        var source = Files.createDirectories(directory.resolve("source/dev/gatehouse/gate"))
                .resolve("Rules.java");
        Files.writeString(source, broken);
        var classes = Files.createDirectory(directory.resolve("classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-d",
                                    classes.toString(),
                                    "-classpath",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
        return classes;
    }

    @Test
    @Timeout(180)
    @DisplayName("serve says what is wrong and ends with exit code 3, before it listens")
    void brokenGate() throws Exception {
        var arm = Arm.setUp(directory);
        var words = CliProcess.words(List.of(), arm.serve());
        var at = words.indexOf("-cp") + 1;
        words.set(at, brokenBuild() + ":" + words.get(at));
        var said = directory.resolve("said");
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(3);
            assertThat(said)
                    .content()
                    .contains("gatehouse serve: self-test failed: the gate let a reader ask for motion")
                    .doesNotContain("ready on");
        } finally {
            process.destroyForcibly();
        }
    }
}
