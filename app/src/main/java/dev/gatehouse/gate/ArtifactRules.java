package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.YamlMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the operator wants kept of what tasks bring, beside their events (engines.md E2.12). Nothing by default: a camera sees people, and
 * what is on disk can be taken away.
 *
 * @param pictures pictures in results of tools
 * @param results texts of results that are too long for an event
 * @param taskMegabytes bytes kept of one task at most, in units of 1 000 000
 */
public record ArtifactRules(boolean pictures, boolean results, int taskMegabytes) {
    private static final String PICTURES = "pictures";
    private static final String RESULTS = "results";

    static ArtifactRules read(YamlMembers artifacts) throws ConfigException {
        var keep = artifacts
                .optional("keep", list -> list.each(item -> item.word(Set.of(PICTURES, RESULTS))))
                .orElse(List.of());
        return new ArtifactRules(
                keep.contains(PICTURES), keep.contains(RESULTS), artifacts.integer("task_mb", 1, 1024, 64));
    }

    /** What both want kept. */
    ArtifactRules and(ArtifactRules other) {
        return new ArtifactRules(
                pictures && other.pictures, results && other.results, Math.min(taskMegabytes, other.taskMegabytes));
    }

    /** The words of {@code artifacts.keep}. */
    List<String> keep() {
        var words = new ArrayList<String>();
        if (pictures) {
            words.add(PICTURES);
        }
        if (results) {
            words.add(RESULTS);
        }
        return words;
    }
}
