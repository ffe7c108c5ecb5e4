package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Glyphs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** robot-md.md 4.7 and 5, on the command line. */
class ManifestVerbsTest {
    private static final Glyphs SIGNS = Glyphs.ofStandardOutput();

    private static final Path EXAMPLE = Path.of("..", "examples", "sim-arm", "ROBOT.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void copy() throws Exception {
        file = Files.copy(EXAMPLE, directory.resolve("ROBOT.md"));
    }

    private void change(String from, String to) throws Exception {
        Files.writeString(file, Files.readString(file).replaceFirst(from, to));
    }

    /** Changes that leave a manifest of each kind. */
    private void become(String kind) throws Exception {
        switch (kind) {
            case "valid" -> change("x", "x");
            case "missing" -> Files.delete(file);
            case "broken" -> change("metadata:", "metadata: [");
            case "schema" -> change("dof: 6", "dof: six");
            case "body" -> change("## Safety Gates", "## Something Else");
            case "both" -> {
                become("schema");
                become("body");
            }
            case "warning" -> change("max_joint_velocity_dps: 90", "");
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private JsonNode json(CliRun run) throws Exception {
        assertThat(run.out()).endsWith("}" + System.lineSeparator());
        var json = Json.read(run.out());
        assertThat(json.propertyNames()).containsExactly("ok", "summary", "errors", "warnings");
        return json;
    }

    @ParameterizedTest
    @CsvSource({
        "valid, 0, 0",
        "missing, 1, 1",
        "broken, 1, 1",
        "schema, 2, 2",
        "body, 4, 4",
        "both, 2, 2",
        "warning, 0, 5"
    })
    @DisplayName("4.7: exit codes, plain and strict, and the one JSON object")
    void exitCodes(String kind, int plain, int strict) throws Exception {
        become(kind);
        var path = file.toString();

        assertThat(CliRun.of("validate", path).exit()).isEqualTo(plain);
        assertThat(CliRun.of("validate", "--strict", path).exit()).isEqualTo(strict);
        var run = CliRun.of("validate", "--json", path);
        assertThat(run.exit()).isEqualTo(plain);
        assertThat(run.err())
                .isEqualTo(kind.equals("missing") ? "gatehouse validate: there is no file " + file + "\n" : "");
        assertThat(json(run).path("ok").booleanValue()).isEqualTo(plain == 0);
        assertThat(json(run).path("errors").isEmpty()).isEqualTo(plain == 0);
    }

    @Test
    void unreadableFilesHaveOneErrorInTheSameShape() throws Exception {
        become("missing");

        var json = json(CliRun.of("validate", "--json", file.toString()));

        assertThat(json.path("errors").valueStream().map(JsonNode::stringValue)).containsExactly("file not readable");
    }

    @Test
    void forPeople() throws Exception {
        assertThat(CliRun.of("validate", file.toString()).out())
                .isEqualTo(SIGNS.yes() + " bench-arm (arm+camera, 6 DoF, 8 capabilities)" + System.lineSeparator());
        become("body");
        assertThat(CliRun.of("validate", file.toString()).out())
                .startsWith(SIGNS.no() + " ")
                .contains("\n  error    body: ");
    }

    @Test
    @DisplayName("nothing in a manifest can move the cursor or change colours")
    void hostileName() throws Exception {
        change("robot_name: bench-arm", "robot_name: \"a\\\\e[2Jb\"");

        assertThat(CliRun.of("validate", file.toString()).out())
                .contains("a\\u001b[2Jb")
                .doesNotContain("\u001b");
    }

    @Test
    void aDirectoryMeansTheManifestInIt() {
        assertThat(CliRun.of("validate", directory.toString()).exit()).isZero();
    }

    @Test
    @DisplayName("7: --path is understood as the argument is; both together, or an unknown option, are wrong usage")
    void options() {
        var path = file.toString();

        assertThat(CliRun.of("validate", "--path", path)).isEqualTo(CliRun.of("validate", path));
        assertThat(CliRun.of("render", "--path=" + path)).isEqualTo(CliRun.of("render", path));
        assertThat(CliRun.of("render", "--path=" + path).err()).isEmpty();
        for (var verb : new String[] {"validate", "render"}) {
            assertThat(CliRun.of(verb, "--path", path, path).exit()).isEqualTo(2);
            assertThat(CliRun.of(verb, path, path).exit()).isEqualTo(2);
            assertThat(CliRun.of(verb, "--pathx", path).exit()).isEqualTo(2);
            assertThat(CliRun.of(verb, "--path").exit()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("7: -- ends options")
    void endOfOptions() {
        assertThat(CliRun.of("validate", "--", file.toString()).exit()).isZero();
        assertThat(CliRun.of("validate", "--", "--strict").err()).contains("there is no file", "--strict");
        assertThat(CliRun.of("validate", "--", "--strict").exit()).isEqualTo(1);
    }

    @Test
    void renderPrintsTheFrontmatterAndNothingElse() throws Exception {
        var run = CliRun.of("render", file.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("robot_name: bench-arm").doesNotContain("---", "# From the base", "## Identity");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void renderOfWhatCannotBeReadSaysSoOnStandardError() throws Exception {
        become("broken");

        var run = CliRun.of("render", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("gatehouse render: ");
    }
}
