package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The prose of a manifest, line by line, with the little Markdown its rules need: first-level headings and code fences. */
final class BodyText {
    private static final int MIN_FENCE = 3;

    private final List<Line> lines;

    private BodyText(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * One line without its line end.
     *
     * @param fenced inside a fenced code block, the fences included
     */
    record Line(String text, boolean fenced) {
        /** The text of a first-level heading: optional blanks, one {@code #}, blanks, text (4.4). */
        Optional<String> firstLevelHeading() {
            var start = 0;
            while (start < text.length() && Blanks.isBlank(text.charAt(start))) {
                start++;
            }
            var blankAfter = start + 1 < text.length() && Blanks.isBlank(text.charAt(start + 1));
            if (!blankAfter || text.charAt(start) != '#') {
                return Optional.empty();
            }
            var heading = Blanks.strip(text.substring(start + 1));
            return heading.isEmpty() ? Optional.empty() : Optional.of(heading);
        }

        /** A second-level heading outside code that begins with the given title. */
        boolean isSecondLevelHeading(String title) {
            var indent = text.indexOf('#');
            var word = "## " + title;
            if (fenced
                    || indent < 0
                    || indent > 3
                    || !Blanks.isBlank(text.substring(0, indent))
                    || !text.startsWith(word, indent)) {
                return false;
            }
            var end = indent + word.length();
            return end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
        }
    }

    static BodyText of(String body) {
        var lines = new ArrayList<Line>();
        var fence = "";
        for (var raw : body.split("\n", -1)) {
            var text = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
            var mark = fenceMark(text);
            if (fence.isEmpty()) {
                fence = mark;
                lines.add(new Line(text, !mark.isEmpty()));
            } else {
                lines.add(new Line(text, true));
                fence = closes(text, mark, fence) ? "" : fence;
            }
        }
        return new BodyText(lines);
    }

    List<Line> lines() {
        return lines;
    }

    /** The run of backticks or tildes that opens or closes a code block, or an empty string. */
    private static String fenceMark(String line) {
        var start = 0;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        if (start > 3 || start == line.length() || "`~".indexOf(line.charAt(start)) < 0) {
            return "";
        }
        var end = start;
        while (end < line.length() && line.charAt(end) == line.charAt(start)) {
            end++;
        }
        var info = line.substring(end);
        var inlineCode = line.charAt(start) == '`' && info.indexOf('`') >= 0;
        return end - start < MIN_FENCE || inlineCode ? "" : line.substring(start, end);
    }

    private static boolean closes(String line, String mark, String open) {
        return !mark.isEmpty() && mark.startsWith(open) && Blanks.strip(line).equals(mark);
    }
}
