package dev.gatehouse.manifest;

import java.util.List;

/** Names that make trouble in a URI (robot-md.md 4.6, 8.2). */
final class NameWarnings {
    private NameWarnings() {}

    static List<Warning> of(Section root) {
        return root.section("metadata").text("robot_name").stream()
                .filter(name -> !name.isEmpty() && !name.chars().allMatch(NameWarnings::isUnreserved))
                .map(name ->
                        Warning.atPointer("/metadata/robot_name", WarningCode.NAME_URI, "the name " + trouble(name)))
                .toList();
    }

    private static String trouble(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "contains control characters";
        }
        return Blanks.strip(name).equals(name) ? "needs percent-encoding in URIs" : "begins or ends with blanks";
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
