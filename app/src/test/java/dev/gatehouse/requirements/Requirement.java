package dev.gatehouse.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A requirement of the specifications.
 *
 * @param id such as {@code D13.2} or {@code T7.1}
 * @param elsewhere where it is shown, or why it is not, if no test of this run can show it
 */
public record Requirement(String id, Optional<String> elsewhere) {
    /** How an id looks wherever one is cited; {@code %B6} is a byte of a URI. */
    static final Pattern ID = Pattern.compile("(?<!%)\\b(?:[DET][0-9]+\\.[0-9]+|B[0-9]+)\\b");

    private static final String LIST = "ids.txt";

    /** All of them, in the order of the specifications. */
    public static List<Requirement> all() {
        try (var in = Requirement.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Requirement::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Requirement of(String line) {
        var words = line.strip().split("\\s+", 2);
        return new Requirement(words[0], words.length == 1 ? Optional.empty() : Optional.of(words[1]));
    }
}
