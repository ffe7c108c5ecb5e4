package dev.gatehouse.manifest;

/**
 * White space as the field's first validator, which is written in JavaScript, understands it: Unicode's spaces, no-break ones included,
 * and the byte order mark. Java's own predicates each miss some of these (robot-md.md 4.4 compares trimmed names).
 */
final class Blanks {
    private Blanks() {}

    static boolean isBlank(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000'
                || c == '\uFEFF';
    }

    static boolean isBlank(String text) {
        return text.chars().allMatch(c -> isBlank((char) c));
    }

    static String strip(String text) {
        var start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return stripTrailing(text.substring(start));
    }

    static String stripTrailing(String text) {
        var end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
