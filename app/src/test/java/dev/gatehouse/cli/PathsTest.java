package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("robot-md.md 7: argument, environment, then upwards")
    void order() throws Exception {
        var found = Files.createFile(directory.resolve("ROBOT.md"));
        var deep = Files.createDirectories(directory.resolve("a/b"));

        assertThat(ManifestPath.resolve(Path.of("x.md"), "y.md", deep)).contains(deep.resolve("x.md"));
        assertThat(ManifestPath.resolve(null, "y.md", deep)).contains(deep.resolve("y.md"));
        assertThat(ManifestPath.resolve(null, "", deep)).contains(found);
        assertThat(ManifestPath.resolve(null, null, deep)).contains(found);
    }

    @Test
    @DisplayName("robot-md.md 7, rule 1: a source that is set never falls through")
    void setButMissing() throws Exception {
        Files.createFile(directory.resolve("ROBOT.md"));

        assertThat(ManifestPath.resolve(Path.of("gone.md"), null, directory)).contains(directory.resolve("gone.md"));
        assertThat(ManifestPath.resolve(null, "/gone/ROBOT.md", directory)).contains(Path.of("/gone/ROBOT.md"));
        assertThat(CliRun.of("validate", directory.resolve("gone.md").toString())
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aDirectoryMeansTheManifestInIt() throws Exception {
        var robot = Files.createDirectory(directory.resolve("robot"));

        assertThat(ManifestPath.resolve(robot, null, directory)).contains(robot.resolve("ROBOT.md"));
        assertThat(ManifestPath.resolve(null, "robot", directory)).contains(robot.resolve("ROBOT.md"));
    }

    @Test
    void state() {
        var home = Path.of("/home/x");

        assertThat(StatePath.standard(Map.of("STATE_DIRECTORY", "/var/lib/g", "XDG_STATE_HOME", "/s"), home))
                .isEqualTo(Path.of("/var/lib/g"));
        assertThat(StatePath.standard(Map.of("STATE_DIRECTORY", "", "XDG_STATE_HOME", "/s"), home))
                .isEqualTo(Path.of("/s/gatehouse"));
        assertThat(StatePath.standard(Map.of(), home)).isEqualTo(Path.of("/home/x/.local/state/gatehouse"));
    }
}
