package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The headings a manifest's prose must have (robot-md.md 4.4). */
final class BodyRules {
    /** What every body error begins with, and no schema error does. */
    static final String PREFIX = "body: ";

    static final String IDENTITY = "Identity";
    static final String SAFETY_GATES = "Safety Gates";

    private BodyRules() {}

    /** The robot's name if there is one to compare headings with: a string with a visible character. */
    static Optional<String> comparableName(Section root) {
        return root.section("metadata").text("robot_name").filter(name -> !Blanks.isBlank(name));
    }

    static List<String> errors(Section root, String body) {
        return comparableName(root).map(name -> errors(name, body)).orElse(List.of());
    }

    private static List<String> errors(String name, String body) {
        var errors = new ArrayList<String>();
        var lines = BodyText.of(body).lines();
        var heading = lines.stream()
                .flatMap(line -> line.firstLevelHeading().stream())
                .findFirst();
        if (heading.isEmpty()) {
            errors.add(PREFIX + "missing H1 heading (expected \"# " + name + "\").");
        } else if (!names(heading.get(), Blanks.strip(name))) {
            errors.add(PREFIX + "H1 \"" + undecorated(heading.get()) + "\" does not match metadata.robot_name \"" + name
                    + "\".");
        }
        for (var section : List.of(IDENTITY, SAFETY_GATES)) {
            if (!body.contains("## " + section)) {
                errors.add(PREFIX + "missing required section '## " + section + "'.");
            }
        }
        if (lines.stream().noneMatch(line -> isWhatCanDo(line, name))) {
            errors.add(PREFIX + "missing required section '## What " + name + " Can Do' (case-insensitive).");
        }
        return errors;
    }

    static boolean isWhatCanDo(BodyText.Line line, String name) {
        return Blanks.stripTrailing(line.text()).equalsIgnoreCase("## What " + name + " Can Do");
    }

    private static boolean names(String heading, String name) {
        return heading.equals(name) || undecorated(heading).equals(name);
    }

    /** A heading's text without the run of number signs that may close it; at least one character stays. */
    private static String undecorated(String heading) {
        var end = heading.length();
        while (end > 1 && heading.charAt(end - 1) == '#') {
            end--;
        }
        return Blanks.stripTrailing(heading.substring(0, end));
    }
}
