package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gatehouse.manifest.ManifestPath.Failed;
import dev.gatehouse.manifest.ManifestPath.Found;
import dev.gatehouse.manifest.ManifestPath.NotFound;
import dev.gatehouse.manifest.ManifestPath.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 7: where the manifest is")
class ManifestPathTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Path deep;

    @BeforeEach
    void directories() throws IOException {
        home = Files.createDirectories(root.resolve("home"));
        deep = Files.createDirectories(root.resolve("work/a/b"));
    }

    private static Path robot(Path directory) throws IOException {
        return Files.createFile(Files.createDirectories(directory).resolve("ROBOT.md"));
    }

    private Path configuration(String yaml) throws IOException {
        var directory = Files.createDirectories(home.resolve(".config/robot-md"));
        return Files.writeString(directory.resolve("manifests.yaml"), yaml);
    }

    private ManifestPath.Result find(@Nullable String argument, @Nullable String variable) {
        return ManifestPath.find(argument, variable == null ? Map.of() : Map.of("ROBOT_MD_PATH", variable), home, deep);
    }

    private static Found found(ManifestPath.Result result) {
        assertThat(result).isInstanceOf(Found.class);
        return (Found) result;
    }

    private static String failure(ManifestPath.Result result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).message();
    }

    @Test
    @DisplayName("the first source that is set wins, with its line for standard error")
    void order() throws IOException {
        var walked = robot(root.resolve("work"));
        var argument = robot(root.resolve("x"));
        var variable = robot(root.resolve("y"));
        var listed = robot(root.resolve("z"));

        assertThat(found(find(null, null))).satisfies(walk -> {
            assertThat(walk.source()).isEqualTo(Source.WALK);
            assertThat(walk.path()).isEqualTo(walked);
            assertThat(walk.line()).isEqualTo("found via cwd walk at " + walked);
        });
        var file = configuration("- path: " + listed);
        assertThat(found(find(null, "")))
                .isEqualTo(new Found(Source.CONFIGURATION, listed, "using " + file + " first entry", List.of()));
        assertThat(found(find(null, variable.toString())).line()).isEqualTo("using ROBOT_MD_PATH=" + variable);
        assertThat(found(find(argument.toString(), variable.toString())))
                .satisfies(given -> assertThat(given.source()).isEqualTo(Source.ARGUMENT))
                .satisfies(given -> assertThat(given.path()).isEqualTo(argument))
                .satisfies(given -> assertThat(given.line()).isEqualTo("using --path " + argument));
    }

    @Test
    @DisplayName("rule 4: relative paths start at the working directory, and a directory means the ROBOT.md in it")
    void relativeAndDirectories() throws IOException {
        var file = robot(deep.resolve("robot"));

        assertThat(found(find("robot/ROBOT.md", null)).path()).isEqualTo(file);
        assertThat(found(find("robot", null)).path()).isEqualTo(file);
        assertThat(found(find(null, deep.resolve("robot").toString())).path()).isEqualTo(file);
        configuration("path: robot");
        assertThat(found(find(null, null)).path()).isEqualTo(file);
    }

    @Test
    @DisplayName("rule 1: a source that is set and leads nowhere fails and never falls through")
    void neverThrough() throws IOException {
        robot(deep);
        var other = robot(root.resolve("other"));

        assertThat(failure(find("gone.md", other.toString()))).isEqualTo("there is no file " + deep.resolve("gone.md"));
        assertThat(failure(find("", null))).isEqualTo("the path is empty");
        assertThat(failure(find(root.toString(), null))).isEqualTo(root + " is a directory without a ROBOT.md");
        assertThat(failure(find("/dev/null", null))).isEqualTo("/dev/null cannot be read, or is no file");
        assertThat(failure(find(null, "/gone/ROBOT.md"))).isEqualTo("ROBOT_MD_PATH: there is no file /gone/ROBOT.md");
        var file = configuration("- path: /gone/ROBOT.md");
        assertThat(failure(find(null, null))).isEqualTo(file + ": there is no file /gone/ROBOT.md");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/gone/manifests.yaml"));
        assertThat(failure(find(null, null))).isEqualTo(file + ": cannot be read");
    }

    @Test
    void whatMayNotBeReadFails() throws IOException {
        var file = robot(deep);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeFalse(Files.isReadable(file), "root reads everything");

        assertThat(failure(find(null, null))).isEqualTo(file + " cannot be read, or is no file");
    }

    @ParameterizedTest
    @DisplayName("rule 3: the forms of the configuration file")
    @ValueSource(
            strings = {
                "- path: @\n- path: /other",
                "-   name: bob\n    path: '@'\n",
                "- {\"path\": \"@\"}",
                "robots:\n  - path: @\n    name: bob\n",
                "version: 1\nmanifests: [{path: \"@\"}]",
                "path: @",
                "# mine\n\npath: \"@\" # quoted\n"
            })
    void configurations(String yaml) throws IOException {
        var file = robot(root.resolve("bob s"));
        configuration(yaml.replace("@", file.toString()));

        assertThat(found(find(null, null)).path()).isEqualTo(file);
    }

    @ParameterizedTest
    @DisplayName("rule 3: a broken configuration file is an error, and the walk is not tried")
    @ValueSource(
            strings = {
                "",
                "# nothing yet",
                "- path: [",
                "robots: []",
                "just text",
                "- /some/ROBOT.md",
                "- name: bob",
                "- path: ' '",
                "- path: 12",
                "robots: {bob: {path: /some/ROBOT.md}}",
                "path: /a\npath: /b",
                "path: \"a\\0b\""
            })
    void brokenConfigurations(String yaml) throws IOException {
        robot(deep);
        var file = configuration(yaml);

        assertThat(failure(find(null, null))).startsWith(file.toString());
    }

    @Test
    @DisplayName("rule 2: an unexpanded placeholder counts as not given, with a note")
    void templates() throws IOException {
        var file = robot(deep);

        var walked = find("${user_config.robot}", "/opt/${ROBOT}/ROBOT.md");

        assertThat(found(walked).path()).isEqualTo(file);
        assertThat(walked.notes())
                .containsExactly(
                        "--path ${user_config.robot} counts as not given: it holds a placeholder nobody has expanded",
                        "ROBOT_MD_PATH /opt/${ROBOT}/ROBOT.md counts as not given: it holds a placeholder nobody has"
                                + " expanded");
        var odd = robot(deep.resolve("costs ${5"));
        assertThat(found(find(odd.toString(), null)).path()).isEqualTo(odd);
    }

    @Test
    void walksOverADirectoryOfThatName() throws IOException {
        var file = robot(root.resolve("work"));
        Files.createDirectory(deep.resolve("ROBOT.md"));

        assertThat(found(find(null, null)).path()).isEqualTo(file);
    }

    @Test
    @DisplayName("4: the walk ends at the root, which counts; then the message names all four sources")
    void root() {
        var result = ManifestPath.find(null, Map.of(), home, Path.of("/"));

        assertThat(result)
                .isEqualTo(new NotFound(
                        "no ROBOT.md found: no --path or first argument, no ROBOT_MD_PATH, no "
                                + home.resolve(".config/robot-md/manifests.yaml") + ", and none in / or above it",
                        List.of()));
    }
}
