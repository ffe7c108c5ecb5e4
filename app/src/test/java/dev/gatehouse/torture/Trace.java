package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/** What one process wrote, synced and moved, in that order. */
record Trace(Path file) {
    /** D14.7: when a motion began, its intent had been synced; counts those that were written and not yet synced as absent. */
    int assertNothingMovedUnrecorded() throws IOException {
        var written = new HashMap<String, Integer>();
        var synced = new HashMap<String, Integer>();
        var motions = 0;
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ", 3);
            switch (words[0]) {
                case "W" -> written.merge(words[2], Integer.parseInt(words[1]), Integer::sum);
                case "S" -> synced.put(words[2], written.getOrDefault(words[2], 0));
                case Witness.MOTION -> {
                    motions++;
                    var recorded = synced.values().stream().mapToInt(n -> n).sum();
                    assertThat(recorded)
                            .as("intents on disk at motion " + motions)
                            .isGreaterThanOrEqualTo(motions);
                }
                default -> throw new AssertionError(line);
            }
        }
        return motions;
    }
}
