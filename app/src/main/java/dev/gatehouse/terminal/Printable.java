package dev.gatehouse.terminal;

/**
 * Text from outside, made safe for a terminal: it stays on its line, and nothing in it can move the cursor, change colours,
 * reverse the reading direction or hide.
 */
public final class Printable {
    private Printable() {}

    /** The text on one line, with white space folded and everything that does not print spelled out as {@code \}{@code u001b}. */
    public static String of(String text) {
        var out = new StringBuilder();
        for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            append(out, text.codePointAt(i));
        }
        return out.toString();
    }

    /** The same, at most so many characters long; {@code more} stands for the rest. */
    public static String of(String text, int most, String more) {
        var line = of(text);
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most)).stripTrailing() + more;
    }

    /** All of the text, line by line as it is; whatever a reader could overlook or be misled by is escaped. */
    public static String exact(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == ' ' || (prints(c) && !Character.isSpaceChar(c))) {
                out.appendCodePoint(c);
            } else {
                escape(out, c);
            }
        });
        return out.toString();
    }

    /** One line of JSON with the same value, in which nothing can be overlooked or mislead either. */
    public static String json(String line) {
        var out = new StringBuilder();
        line.codePoints().forEach(c -> {
            if (c == ' ' || (prints(c) && !Character.isSpaceChar(c))) {
                out.appendCodePoint(c);
            } else {
                // Within strings only: between them, JSON has nothing but ASCII.
                for (var unit : Character.toChars(c)) {
                    out.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            if (out.isEmpty() || out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        } else if (prints(c)) {
            out.appendCodePoint(c);
        } else {
            escape(out, c);
        }
    }

    private static void escape(StringBuilder out, int c) {
        out.append(c <= 0xffff ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c));
    }

    private static boolean prints(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
