package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleArmTest {
    @TempDir
    private Path directory;

    private Path example() throws Exception {
        var manifest = directory.resolve("home/examples/sim-arm/ROBOT.md");
        Files.createDirectories(manifest.resolveSibling("x").getParent());
        return Files.writeString(manifest, "---\n---\n");
    }

    @Test
    void theHomeThatTheLauncherNamesDecides() throws Exception {
        var manifest = example();
        assertThat(ExampleArm.find(Optional.of(directory.resolve("home")), Path.of("/")))
                .contains(manifest);
        assertThat(ExampleArm.find(Optional.of(directory), directory.resolve("home")))
                .isEmpty();
    }

    @Test
    void withoutOneTheNearestDirectoryUpwardsIsTaken() throws Exception {
        var manifest = example();
        var below = Files.createDirectories(directory.resolve("home/app/target"));
        assertThat(ExampleArm.find(Optional.empty(), below)).contains(manifest);
        assertThat(ExampleArm.find(Optional.empty(), directory)).isEmpty();
    }
}
