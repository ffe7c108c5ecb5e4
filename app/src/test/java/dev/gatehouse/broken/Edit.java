package dev.gatehouse.broken;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a source file that are replaced by others. How they are indented does not matter.
 *
 * @param file below {@code dev/gatehouse}, such as {@code gate/Rules.java}
 */
public record Edit(String file, List<String> removed, List<String> added) {
    public Edit {
        if (removed.isEmpty()) {
            throw new IllegalArgumentException("an edit of " + file + " takes no line away");
        }
    }

    /**
     * The text with the lines replaced.
     *
     * @throws IllegalArgumentException if they are not there, or more than once
     */
    String apply(String text) {
        var lines = Pattern.compile(removed.stream().map(Pattern::quote).collect(joining("\\n\\h*", "(?m)^\\h*", "$")));
        var found = lines.matcher(text).results().count();
        if (found != 1) {
            throw new IllegalArgumentException(
                    "in " + file + " these lines stand " + found + " times: " + String.join("\n", removed));
        }
        return lines.matcher(text).replaceFirst(match -> Matcher.quoteReplacement(String.join("\n", added)));
    }
}
