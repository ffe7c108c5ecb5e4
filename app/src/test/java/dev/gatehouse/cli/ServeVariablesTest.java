package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("D16.1: flag, environment, env file, default")
class ServeVariablesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(
                directory.resolve(".env"), "ROBOT_MD_HOST=from-file\nROBOT_MD_PORT=7\nROBOT_MD_PATH=\n");
    }

    private static CommandLine.ParseResult parse(Map<String, String> environment, String... args) {
        return new CommandLine(new ServeCommand())
                .setDefaultValueProvider(new ServeVariables(environment))
                .parseArgs(args);
    }

    private static Object value(CommandLine.ParseResult parsed, String flag) {
        return String.valueOf(parsed.commandSpec().findOption(flag).<Object>getValue());
    }

    @Test
    void theFirstThatIsSetWins() {
        var env = file.toString();
        var environment = Map.of("ROBOT_MD_HOST", "from-environment");

        assertThat(value(parse(environment, "--env-file", env, "--host", "flag"), "--host"))
                .isEqualTo("flag");
        assertThat(value(parse(environment, "--env-file", env), "--host")).isEqualTo("from-environment");
        assertThat(value(parse(Map.of(), "--env-file", env), "--host")).isEqualTo("from-file");
        assertThat(value(parse(Map.of()), "--host")).isEqualTo("127.0.0.1");
    }

    @Test
    void anEmptyVariableIsNotSet() {
        assertThat(value(parse(Map.of("ROBOT_MD_HOST", ""), "--env-file", file.toString()), "--host"))
                .isEqualTo("from-file");
        assertThat(value(parse(Map.of(), "--env-file", file.toString()), "--robot-md"))
                .isEqualTo("null");
    }

    @Test
    void theEnvFileMayBeNamedByTheEnvironmentButNotByItself() {
        var parsed = parse(Map.of("GATEHOUSE_ENV_FILE", file.toString()));

        assertThat(value(parsed, "--port")).isEqualTo("7");
        assertThat(value(parsed, "--env-file")).isEqualTo(file.toString());
        assertThat(ServeVariables.unknownIn(Map.of("GATEHOUSE_ENV_FILE", "x"))).containsExactly("GATEHOUSE_ENV_FILE");
    }

    @Test
    void listsAndSwitches() {
        var parsed = parse(Map.of("GATEHOUSE_ALLOW_HOST", "a.example,b.example", "GATEHOUSE_ALLOW_REHEARSAL", "true"));

        assertThat(value(parsed, "--allow-host")).isEqualTo("[a.example, b.example]");
        assertThat(value(parsed, "--allow-rehearsal")).isEqualTo("true");
    }

    @Test
    void misspeltVariablesAreNoticed() {
        assertThat(ServeVariables.unknownIn(Map.of("GATEHOUSE_POLCY", "x", "GATEHOUSE_POLICY", "y", "PATH", "z")))
                .containsExactly("GATEHOUSE_POLCY");
    }

    @Test
    @DisplayName("log levels of 0.2.0 mean what they meant")
    void logLevels() {
        assertThat(value(parse(Map.of("ROBOT_MD_LOG_LEVEL", "WARNING")), "--log-level"))
                .isEqualTo("WARN");
        assertThat(value(parse(Map.of("ROBOT_MD_LOG_LEVEL", "critical")), "--log-level"))
                .isEqualTo("ERROR");
    }
}
