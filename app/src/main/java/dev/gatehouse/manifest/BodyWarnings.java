package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Headings that satisfy the rules only by accident: in prose, at another level, or inside a code block (robot-md.md 4.4, 4.6). */
final class BodyWarnings {
    private BodyWarnings() {}

    static List<Warning> of(Section root, String body) {
        return BodyRules.comparableName(root).map(name -> of(name, body)).orElse(List.of());
    }

    private static List<Warning> of(String name, String body) {
        var warnings = new ArrayList<Warning>();
        var lines = BodyText.of(body).lines();
        lines.stream()
                .filter(line -> line.firstLevelHeading().isPresent())
                .findFirst()
                .filter(BodyText.Line::fenced)
                .ifPresent(line -> warnings.add(warning("the H1 heading is inside a code block")));
        for (var section : List.of(BodyRules.IDENTITY, BodyRules.SAFETY_GATES)) {
            if (body.contains("## " + section)
                    && lines.stream().noneMatch(line -> line.isSecondLevelHeading(section))) {
                warnings.add(warning("'## " + section + "' occurs, but not as a second-level heading"));
            }
        }
        Predicate<BodyText.Line> whatCanDo = line -> BodyRules.isWhatCanDo(line, name);
        if (lines.stream().anyMatch(whatCanDo)
                && lines.stream().filter(whatCanDo).allMatch(BodyText.Line::fenced)) {
            warnings.add(warning("'## What … Can Do' occurs only inside a code block"));
        }
        return warnings;
    }

    private static Warning warning(String text) {
        return Warning.inBody(WarningCode.BODY_STRUCTURE, text);
    }
}
