package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse mcp} as a client starts it: a process of its own, with pipes (robot-md.md sections 7 and 8). */
@Timeout(120)
class McpProcessTest {
    private static final Path EXAMPLE =
            Path.of("..", "examples", "sim-arm").toAbsolutePath().normalize();

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}
            """;

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void home() throws Exception {
        home = Files.createDirectory(directory.resolve("home"));
    }

    private CliRun run(String input, String... arguments) throws Exception {
        return CliProcess.run(directory, home, Map.of(), input, arguments);
    }

    private static List<JsonNode> messages(CliRun run) throws Exception {
        var messages = new ArrayList<JsonNode>();
        for (var line : run.out().lines().toList()) {
            messages.add(Json.read(line));
        }
        return messages;
    }

    @Test
    @DisplayName("7: says what it serves, answers, and ends with 0 when the client closes its end")
    void serves() throws Exception {
        var run = run(
                INITIALIZE
                        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"validate\"}}\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/read\",\"params\":"
                        + "{\"uri\":\"robot-md://bench-arm/identity\"}}\n",
                "mcp",
                EXAMPLE.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.err())
                .isEqualTo("gatehouse mcp: using --path " + EXAMPLE + "\ngatehouse mcp: serving "
                        + EXAMPLE.resolve("ROBOT.md") + " as 'bench-arm'\n");
        var messages = messages(run);
        assertThat(messages).hasSize(3).allMatch(message -> message.has("result"));
        assertThat(messages.getFirst()
                        .path("result")
                        .path("serverInfo")
                        .path("name")
                        .asString())
                .isEqualTo("gatehouse");
    }

    @ParameterizedTest
    @CsvSource({"mcp,,1", "mcp,--path,1", "mcp,--,1"})
    @DisplayName(
            "7: a path that is set and leads to nothing is exit 1, said in plain words, and standard output stays empty")
    void missingFile(String verb, String option, int code) throws Exception {
        var run = option == null ? run("", verb, "/nowhere/ROBOT.md") : run("", verb, option, "/nowhere/ROBOT.md");

        assertThat(run.exit()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("gatehouse mcp: failed to start: there is no file /nowhere/ROBOT.md\n");
    }

    @Test
    @DisplayName("7: without any source, exit 2 and the four that were asked")
    void nothingFound() throws Exception {
        var run = run("", "mcp");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--path", "ROBOT_MD_PATH", "manifests.yaml", "or above it", "usage:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # no frontmatter      | no frontmatter found
            ---\\na: [\\n---\\n     | invalid YAML frontmatter:
            ---\\nrcan_version: '3.0'\\n---\\n | manifest is missing metadata.robot_name
            ---\\nmetadata: {robot_name: 42}\\n---\\n | manifest is missing metadata.robot_name
            """)
    @DisplayName("7: structural problems fail at start-up with the message of the parser")
    void structural(String content, String message) throws Exception {
        var file = Files.writeString(directory.resolve("ROBOT.md"), content.replace("\\n", "\n"));
        var run = run("", "mcp", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("gatehouse mcp: failed to start: " + message);
    }

    @Test
    @DisplayName("7: --help and unknown options are for the command line, and wrong usage is exit 2")
    void commandLine() throws Exception {
        var help = run("", "mcp", "--help");
        var wrong = run("", "mcp", "--nonsense");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: gatehouse mcp", "Examples:", "--driver");
        assertThat(wrong.exit()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "a conversation loads neither the command line, nor the server, the database, the model library or a log")
    void loadsLittle() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xlog:class+load:stderr",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "mcp",
                        EXAMPLE.toString())
                .start();
        try (var in = process.outputWriter(UTF_8)) {
            in.write(INITIALIZE);
            in.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"validate\"}}\n");
        }
        var loaded = process.errorReader(UTF_8).lines().toList();

        assertThat(process.waitFor()).isZero();
        assertThat(loaded).anyMatch(line -> line.contains("dev.gatehouse.mcp.StdioServer "));
        assertThat(loaded)
                .noneMatch(line -> line.contains(" picocli.")
                        || line.contains(" io.helidon.")
                        || line.contains(" org.sqlite.")
                        || line.contains(" com.anthropic.")
                        || line.contains(" ch.qos.logback.")
                        || line.contains(" dev.gatehouse.server.")
                        || line.contains(" dev.gatehouse.audit."));
    }
}
