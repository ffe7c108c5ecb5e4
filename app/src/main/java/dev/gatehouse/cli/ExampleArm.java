package dev.gatehouse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the simulated arm of the examples, in a checkout and in an installed directory alike. */
final class ExampleArm {
    /** Set by the launcher: the directory that holds {@code examples}. */
    static final String HOME = "gatehouse.home";

    private static final Path MANIFEST = Path.of("examples", "sim-arm", "ROBOT.md");

    private ExampleArm() {}

    static Optional<Path> find() {
        return find(Optional.ofNullable(System.getProperty(HOME)).map(Path::of), Path.of(""));
    }

    /** Its manifest: under the home if there is one, else in the nearest directory upwards that has it. */
    static Optional<Path> find(Optional<Path> home, Path workingDirectory) {
        if (home.isPresent()) {
            return home.map(directory -> directory.resolve(MANIFEST)).filter(Files::isRegularFile);
        }
        for (var directory = workingDirectory.toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve(MANIFEST))) {
                return Optional.of(directory.resolve(MANIFEST));
            }
        }
        return Optional.empty();
    }
}
