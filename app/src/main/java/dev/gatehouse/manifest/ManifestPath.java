package dev.gatehouse.manifest;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ROBOT.md to work on: the argument, {@code ROBOT_MD_PATH}, the configuration of this user, then upwards from the working
 * directory (robot-md.md 7). A source that is set and unusable fails; it never falls through to the next.
 *
 * <p>A server that has to answer within 100 ms asks this first, so nothing is loaded here that a found argument does not need.
 */
public final class ManifestPath {
    private static final String NAME = "ROBOT.md";
    private static final String VARIABLE = "ROBOT_MD_PATH";

    private final Map<String, String> environment;
    private final Path configuration;
    private final Path workingDirectory;
    private final List<String> notes = new ArrayList<>();

    private ManifestPath(Map<String, String> environment, Path home, Path workingDirectory) {
        this.environment = environment;
        this.configuration = home.resolve(".config")
                .resolve("robot-md")
                .resolve("manifests.yaml")
                .toAbsolutePath();
        this.workingDirectory = workingDirectory.toAbsolutePath();
    }

    /** Which of the four sources named a manifest, in the order they are asked. */
    public enum Source {
        ARGUMENT,
        ENVIRONMENT,
        CONFIGURATION,
        WALK
    }

    /** What came of the search. The notes are lines for standard error, whatever the outcome is. */
    public sealed interface Result {
        List<String> notes();
    }

    /**
     * There is a readable file; what is in it is not known yet, see {@link ManifestStart}.
     *
     * @param path absolute
     * @param line what a server says on standard error, after its name and a colon
     */
    public record Found(Source source, Path path, String line, List<String> notes) implements Result {
        public Found {
            notes = List.copyOf(notes);
        }
    }

    /** No source is set and no directory upwards has one: wrong usage, exit 2. The message names the four sources. */
    public record NotFound(String message, List<String> notes) implements Result {
        public NotFound {
            notes = List.copyOf(notes);
        }
    }

    /** A source is set and leads to nothing that can be read: exit 1. */
    public record Failed(String message, List<String> notes) implements Result {
        public Failed {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Searches from where this process is.
     *
     * @param argument what was given as {@code --path} or first positional argument
     */
    public static Result find(@Nullable String argument) {
        return find(argument, System.getenv());
    }

    /** The same with other variables, for those who have an env file as well. */
    public static Result find(@Nullable String argument, Map<String, String> environment) {
        return find(argument, environment, Path.of(System.getProperty("user.home")), Path.of(""));
    }

    static Result find(@Nullable String argument, Map<String, String> environment, Path home, Path workingDirectory) {
        return new ManifestPath(environment, home, workingDirectory).search(argument);
    }

    private Result search(@Nullable String argument) {
        if (argument != null && isExpanded("--path", argument)) {
            // The first + between strings costs a process several milliseconds; this is the way of a server that has
            // 100.
            return found(Source.ARGUMENT, "", argument, "using --path ".concat(argument));
        }
        var variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty() && isExpanded(VARIABLE, variable)) {
            return found(Source.ENVIRONMENT, VARIABLE + ": ", variable, "using " + VARIABLE + "=" + variable);
        }
        // Unlike a file that is not there, one that cannot be looked at is set, and so has to be usable.
        if (!Files.notExists(configuration, LinkOption.NOFOLLOW_LINKS)) {
            return configured();
        }
        for (Path directory = workingDirectory; directory != null; directory = directory.getParent()) {
            var file = directory.resolve(NAME);
            if (Files.isRegularFile(file)) {
                return found(Source.WALK, "", file.toString(), "found via cwd walk at " + file);
            }
        }
        return new NotFound(
                "no ROBOT.md found: no --path or first argument, no " + VARIABLE + ", no " + configuration
                        + ", and none in " + workingDirectory + " or above it",
                notes);
    }

    private Result configured() {
        try {
            var path = ManifestsFile.firstPath(configuration);
            return found(Source.CONFIGURATION, configuration + ": ", path, "using " + configuration + " first entry");
        } catch (ConfigException e) {
            return new Failed(String.valueOf(e.getMessage()), notes);
        }
    }

    /** A client that does not know a placeholder hands it over as it is; then its user has given nothing (7, rule 2). */
    private boolean isExpanded(String source, String value) {
        var start = value.indexOf("${");
        if (start < 0 || value.indexOf('}', start) < 0) {
            return true;
        }
        notes.add(source + " " + value + " counts as not given: it holds a placeholder nobody has expanded");
        return false;
    }

    private Result found(Source source, String who, String given, String line) {
        if (given.isEmpty()) {
            return new Failed(who + "the path is empty", notes);
        }
        Path path;
        try {
            path = workingDirectory.resolve(given);
        } catch (InvalidPathException e) {
            return new Failed(who + "this is not a path", notes);
        }
        if (Files.isDirectory(path)) {
            if (!Files.exists(path.resolve(NAME))) {
                return new Failed(who + path + " is a directory without a " + NAME, notes);
            }
            path = path.resolve(NAME);
        }
        if (!Files.exists(path)) {
            return new Failed(who + "there is no file " + path, notes);
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return new Failed(who + path + " cannot be read, or is no file", notes);
        }
        return new Found(source, path, line, notes);
    }
}
