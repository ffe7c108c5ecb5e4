package dev.gatehouse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the ROBOT.md a verb works on: the argument, {@code ROBOT_MD_PATH}, or the nearest one upwards (robot-md.md 7). */
final class ManifestPath {
    private static final String NAME = "ROBOT.md";

    private ManifestPath() {}

    /** The path; empty if nothing names one and none is found. A source that is set never falls through to the next. */
    static Optional<Path> resolve(@Nullable Path argument, @Nullable String environment, Path workingDirectory) {
        if (argument != null) {
            return Optional.of(inside(workingDirectory.resolve(argument)));
        }
        if (environment != null && !environment.isEmpty()) {
            return Optional.of(inside(workingDirectory.resolve(environment)));
        }
        for (var directory = workingDirectory.toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve(NAME))) {
                return Optional.of(directory.resolve(NAME));
            }
        }
        return Optional.empty();
    }

    /** A directory means the ROBOT.md in it. */
    private static Path inside(Path path) {
        return Files.isDirectory(path) ? path.resolve(NAME) : path;
    }
}
