package dev.gatehouse.manifest;

/**
 * Finds the two delimiter lines of a ROBOT.md (robot-md.md 2.2): exactly three hyphens, then blanks, then a line end.
 */
final class Delimiters {
    private static final String HYPHENS = "---";

    private Delimiters() {}

    /** What the delimiters enclose, or why they do not. */
    sealed interface Split {}

    /** The YAML text, beginning on line 2 of the file, and everything after the closing line. */
    record Parts(String yaml, String body) implements Split {}

    record Malformed(String message) implements Split {}

    static Split split(String text) {
        if (!text.startsWith(HYPHENS)) {
            return new Malformed("no frontmatter found: the first line must be three hyphens and nothing else");
        }
        var start = afterDelimiter(text, 0);
        if (start < 0 || start == text.length()) {
            return unclosed();
        }
        for (var line = start; line < text.length(); line = nextLine(text, line)) {
            var after = afterDelimiter(text, line);
            if (after >= 0) {
                return new Parts(text.substring(start, line), text.substring(after));
            }
        }
        return unclosed();
    }

    private static Malformed unclosed() {
        return new Malformed("frontmatter block is not properly closed: it needs two lines of exactly three hyphens");
    }

    /** Where the text goes on after the delimiter line that begins at {@code line}, or -1 if that line is none. */
    private static int afterDelimiter(String text, int line) {
        if (!text.startsWith(HYPHENS, line)) {
            return -1;
        }
        var i = line + HYPHENS.length();
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        if (i == text.length()) {
            return i;
        }
        if (text.charAt(i) == '\n') {
            return i + 1;
        }
        return text.startsWith("\r\n", i) ? i + 2 : -1;
    }

    private static int nextLine(String text, int line) {
        var end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }
}
