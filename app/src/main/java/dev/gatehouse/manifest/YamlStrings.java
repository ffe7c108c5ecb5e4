package dev.gatehouse.manifest;

/** Decides how a string is written in YAML so that every reader, of 1.2 and of 1.1, sees the same string (robot-md.md section 5). */
final class YamlStrings {
    /** Characters a plain scalar cannot begin with, or that would make it ambiguous to a person. */
    private static final String INDICATORS = ",[]{}#&*!|>'\"%@`";

    private YamlStrings() {}

    /** The string on one line: plain where that is safe, otherwise in double quotes. */
    static String oneLine(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    /** Several lines of printable text that a literal block reproduces without an indentation indicator. */
    static boolean suitsLiteral(String text) {
        if (text.indexOf('\n') < 0) {
            return false;
        }
        // A first line that begins with blanks, or a line of nothing but blanks, could be taken for indentation.
        var visible = text.lines().filter(line -> !line.isEmpty()).toList();
        if (visible.isEmpty()
                || startsBlank(visible.getFirst())
                || visible.stream().anyMatch(String::isBlank)) {
            return false;
        }
        return text.codePoints().allMatch(c -> c == '\n' || c == '\t' || isPlainCharacter(c));
    }

    private static boolean startsBlank(String line) {
        return line.charAt(0) == ' ' || line.charAt(0) == '\t';
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()
                || INDICATORS.indexOf(text.charAt(0)) >= 0
                || !text.codePoints().allMatch(YamlStrings::isPlainCharacter)) {
            return false;
        }
        var last = text.charAt(text.length() - 1);
        if (text.charAt(0) == ' ' || last == ' ' || last == ':' || last == '-') {
            return false;
        }
        if (text.contains(": ") || text.contains(" #") || text.startsWith("...") || text.startsWith("---")) {
            return false;
        }
        var dashed = "-?:".indexOf(text.charAt(0)) >= 0 && (text.length() == 1 || text.charAt(1) == ' ');
        return !dashed
                && CoreSchema.value(text) instanceof String
                && OldYaml.otherReading(text).isEmpty();
    }

    /** Printable, and no line end or mark to any reader. */
    private static boolean isPlainCharacter(int c) {
        return (c >= 0x20 && c <= 0x7E)
                || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
                || c >= 0x10000;
    }

    /** The string in double quotes. */
    static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPlainCharacter(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append("\\u%04X".formatted(c));
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
