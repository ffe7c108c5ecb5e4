package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("gatehouse install")
class InstallCommandTest {
    private static final String PROGRAM = "gatehouse.program";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path robotMd;

    @SuppressWarnings("NullAway.Init")
    private Path config;

    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void installed() throws Exception {
        robotMd = Files.copy(Path.of("..", "examples", "sim-arm", "ROBOT.md"), directory.resolve("ROBOT.md"));
        config = directory.resolve("mcp.json");
        System.setProperty(PROGRAM, Path.of("..", "gatehouse").toString());
    }

    @AfterEach
    void notInstalled() {
        System.clearProperty(PROGRAM);
    }

    private CliRun install(Optional<Predicate<String>> person, String... flags) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new ArrayList<>(List.of("--path", robotMd.toString(), "--config", config.toString()));
        words.addAll(Arrays.asList(flags));
        var exit = new CommandLine(new InstallCommand(person))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        return new CliRun(exit, out.toString(), err.toString());
    }

    private Optional<Predicate<String>> person(boolean agrees) {
        return Optional.of(question -> {
            asked.add(question);
            return agrees;
        });
    }

    private static String program() {
        return Path.of("..", "gatehouse").toAbsolutePath().normalize().toString();
    }

    @Test
    @DisplayName("with nobody at a terminal it only prints, with absolute paths")
    void prints() {
        var run = install(Optional.empty(), "--client", "claude");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("For " + config + ":\n\n{\n  \"mcpServers\": {\n    \"robot\": {\n")
                .contains("\"command\": \"" + program() + "\"", "\"args\": [\"mcp\", \"" + robotMd + "\"]")
                .contains("claude mcp add --scope project robot -- " + program() + " mcp " + robotMd);
        assertThat(config).doesNotExist();
    }

    @Test
    @DisplayName("--print wins over everything")
    void onlyPrints() {
        assertThat(install(person(true), "--client", "codex", "--print", "--yes")
                        .out())
                .contains("[mcp_servers.robot]\n")
                .doesNotContain("claude");
        assertThat(config).doesNotExist();
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("a person sees what comes and is asked; no means no")
    void asks() throws Exception {
        var declined = install(person(false), "--client", "cursor");
        assertThat(declined.exit()).isEqualTo(1);
        assertThat(declined.err()).isEqualTo("gatehouse install: nothing was changed\n");
        assertThat(config).doesNotExist();

        var agreed = install(person(true), "--client", "cursor");
        assertThat(agreed.exit()).isZero();
        assertThat(agreed.out()).contains(config + " would be made:", "+     \"robot\": {", "Written.");
        assertThat(asked).containsExactly("Write it?", "Write it?");
        assertThat(Json.read(Files.readString(config))
                        .at("/mcpServers/robot/command")
                        .asString())
                .isEqualTo(program());

        var again = install(person(true), "--client", "cursor");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("has this entry already");
        assertThat(asked).hasSize(2);
    }

    @Test
    @DisplayName("an entry of the same name is shown and asked for, and --yes answers for a person who is not there")
    void replaces() throws Exception {
        Files.writeString(
                config, "{\"mcpServers\": {\"robot\": {\"command\": \"/old\", \"env\": {\"K\": \"s3cret\"}}}}");

        var declined = install(person(false), "--client", "gemini");
        assertThat(asked).containsExactly("There is another robot. Replace it?");
        assertThat(declined.out()).contains("-  \"command\": \"/old\"").doesNotContain("s3cret");

        assertThat(install(Optional.empty(), "--client", "gemini", "--yes").exit())
                .isZero();
        assertThat(config).content().contains(program()).doesNotContain("/old");
    }

    @Test
    @DisplayName("where it cannot be inserted safely it says what to add by hand")
    void byHand() throws Exception {
        Files.writeString(config, "{\"mcpServers\": ");

        var run = install(person(true), "--client", "claude-desktop");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("\"robot\": {");
        assertThat(run.err()).contains(config + " is left alone: it is not valid JSON, see line 1");
        assertThat(config).content().isEqualTo("{\"mcpServers\": ");
    }

    @Test
    void refusals() throws Exception {
        assertThat(install(person(true), "--client", "emacs").exit()).isEqualTo(2);
        assertThat(install(person(true)).exit()).isEqualTo(2);
        assertThat(install(person(true), "--client", "codex", "--name", "my_robot")
                        .err())
                .contains("a name has up to");
        System.clearProperty(PROGRAM);
        assertThat(install(person(true), "--client", "codex").err()).contains("where this program is installed");
        Files.writeString(robotMd, "no manifest");
        assertThat(install(person(true), "--client", "codex").err()).contains("this ROBOT.md cannot be served: ");
        Files.delete(robotMd);
        assertThat(install(person(true), "--client", "codex").exit()).isEqualTo(1);
        assertThat(config).doesNotExist();
    }
}
