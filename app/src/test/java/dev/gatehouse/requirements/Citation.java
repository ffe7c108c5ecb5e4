package dev.gatehouse.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A test that ran, or was to run, for a requirement.
 *
 * @param test class and display name
 * @param result how it ended; the worst of its repetitions
 * @param reason why it was skipped or what failed; empty if it passed
 * @param millis how long all its repetitions took
 */
public record Citation(String id, String test, Result result, String reason, long millis) {
    /** How a test ended. */
    public enum Result {
        PASSED,
        SKIPPED,
        FAILED;

        Result worse(Result other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** Names the file for a run inside a run. */
    public static final String FILE_PROPERTY = "gatehouse.citations";

    /** Where the run leaves what it collected. */
    static final Path FILE = Path.of(System.getProperty(FILE_PROPERTY, "target/requirements.tsv"));

    Citation and(Citation other) {
        return new Citation(
                id, test, result.worse(other.result), reason.isEmpty() ? other.reason : reason, millis + other.millis);
    }

    String line() {
        return String.join("\t", id, flat(test), result.name(), flat(reason), Long.toString(millis));
    }

    /** What a run has left. */
    public static List<Citation> read(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(Citation::of).toList();
        }
    }

    private static Citation of(String line) {
        var members = List.of(line.split("\t", -1));
        return new Citation(
                members.get(0),
                members.get(1),
                Result.valueOf(members.get(2)),
                members.get(3),
                Long.parseLong(members.get(4)));
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
