package dev.gatehouse.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a frontmatter tree as YAML that reads back to an equal tree (robot-md.md section 5).
 *
 * <p>Block style, two-space indent, key order kept, no comments, anchors, folding or document markers. Numbers read back equal if they
 * have the form {@link Manifest#frontmatter()} gives them.
 */
public final class Renderer {
    /** YAML limits a key without an explicit question mark to this many characters. */
    private static final int MAX_IMPLICIT_KEY = 1000;

    private final StringBuilder out = new StringBuilder();

    private Renderer() {}

    /** The YAML text of a mapping, with a final line feed. */
    public static String render(Map<String, ? extends @Nullable Object> frontmatter) {
        var renderer = new Renderer();
        if (frontmatter.isEmpty()) {
            return "{}\n";
        }
        renderer.mapping(frontmatter, 0, false);
        return renderer.out.toString();
    }

    /** Writes members at a level; {@code inline} if the first one continues the line of a list item. */
    private void mapping(Map<?, ?> map, int level, boolean inline) {
        var continues = inline;
        for (var member : map.entrySet()) {
            if (!continues) {
                indent(level);
            }
            continues = false;
            key(String.valueOf(member.getKey()), level);
            value(member.getValue(), level);
        }
    }

    private void key(String key, int level) {
        var text = YamlStrings.oneLine(key);
        if (text.length() > MAX_IMPLICIT_KEY) {
            out.append("? ").append(text).append('\n');
            indent(level);
            out.append(':');
        } else {
            out.append(text).append(':');
        }
    }

    /** Writes the value of a key at a level, from the blank after the colon to the line end. */
    private void value(@Nullable Object value, int level) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n');
                mapping(map, level + 1, false);
            }
            case List<?> list
            when !list.isEmpty() -> {
                out.append('\n');
                sequence(list, level + 1, false);
            }
            case null, default -> {
                out.append(' ');
                leaf(value, level + 1);
            }
        }
    }

    private void sequence(List<?> list, int level, boolean inline) {
        var continues = inline;
        for (var item : list) {
            if (!continues) {
                indent(level);
            }
            continues = false;
            out.append("- ");
            switch (item) {
                case Map<?, ?> map when !map.isEmpty() -> mapping(map, level + 1, true);
                case List<?> nested when !nested.isEmpty() -> sequence(nested, level + 1, true);
                case null, default -> leaf(item, level + 1);
            }
        }
    }

    /** Writes what fits behind a key or a dash; {@code level} is that of the lines of a literal block. */
    private void leaf(@Nullable Object value, int level) {
        switch (value) {
            case null -> out.append("null");
            case Boolean truth -> out.append(truth);
            case Number number -> out.append(Numbers.text(number));
            case Map<?, ?> empty -> out.append("{}");
            case List<?> empty -> out.append("[]");
            case String text
            when YamlStrings.suitsLiteral(text) -> {
                literal(text, level);
                return;
            }
            default -> out.append(YamlStrings.oneLine(value.toString()));
        }
        out.append('\n');
    }

    /** A block whose chomping sign restores exactly the line feeds the text ends with. */
    private void literal(String text, int level) {
        out.append('|');
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.endsWith("\n\n")) {
            out.append('+');
        }
        out.append('\n');
        var content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (var line : content.split("\n", -1)) {
            if (!line.isEmpty()) {
                indent(level);
            }
            out.append(line).append('\n');
        }
    }

    private void indent(int level) {
        out.repeat("  ", level);
    }
}
