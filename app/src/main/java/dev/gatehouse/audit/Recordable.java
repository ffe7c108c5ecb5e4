package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Turns any value a caller may bring into one that can be recorded: it has a canonical form, fits, and cannot move a terminal.
 *
 * <p>A record that could not be written because of its content would be a way to act unrecorded, so nothing is refused here.
 */
final class Recordable {
    /** Longest string of a fixed member, in UTF-16 units; a tool name may come from a model. */
    static final int MAX_TEXT = 1024;

    /** Largest canonical form of a free value; larger ones leave their hash. Stops one call from filling the disk. */
    static final int MAX_BYTES = 64 * 1024;

    /** Deepest nesting of a free value, so that the line around it stays readable by {@link Json#read}. */
    private static final int MAX_DEPTH = Json.MAX_DEPTH - 4;

    /** What ends a line or turns text around for some reader, and what RFC 8785 leaves unescaped. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]");

    private Recordable() {}

    /** The same value with a canonical form: lone surrogates replaced, numbers without one turned into text. */
    static JsonNode exact(JsonNode value) {
        return exact(value, 0);
    }

    private static JsonNode exact(JsonNode value, int depth) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                if (depth >= MAX_DEPTH) {
                    yield StringNode.valueOf("[too deep]");
                }
                var copy = Json.object();
                value.properties().forEach(m -> copy.set(Json.wellFormed(m.getKey()), exact(m.getValue(), depth + 1)));
                yield copy;
            }
            case ARRAY -> {
                if (depth >= MAX_DEPTH) {
                    yield StringNode.valueOf("[too deep]");
                }
                var copy = Json.array();
                value.forEach(item -> copy.add(exact(item, depth + 1)));
                yield copy;
            }
            case STRING -> StringNode.valueOf(Json.wellFormed(value.stringValue()));
            case NUMBER -> hasCanonicalForm(value) ? value : StringNode.valueOf(value.asString());
            case BOOLEAN, NULL -> value;
            case MISSING -> Json.tree(null);
            case BINARY, POJO -> StringNode.valueOf(Json.wellFormed(value.asString("[not JSON]")));
        };
    }

    /** The form that goes on the line: control characters visible, and only size and hash if it is too large. */
    static JsonNode shown(JsonNode exact) {
        var text = CanonicalJson.text(exact);
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return Json.object()
                    .put("omitted", "too_large")
                    .put("bytes", bytes.length)
                    .put("sha256", CanonicalJson.sha256(bytes));
        }
        return UNSAFE.matcher(text).find() ? visible(exact) : exact;
    }

    /** A short string for a fixed member, cut if it is too long. */
    static String text(String value) {
        var shortened = value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) + "…" : value;
        return escape(Json.wellFormed(shortened));
    }

    private static JsonNode visible(JsonNode value) {
        if (value.isObject()) {
            var copy = Json.object();
            value.properties().forEach(m -> copy.set(escape(m.getKey()), visible(m.getValue())));
            return copy;
        }
        if (value.isArray()) {
            var copy = Json.array();
            value.forEach(item -> copy.add(visible(item)));
            return copy;
        }
        return value.isString() ? StringNode.valueOf(escape(value.stringValue())) : value;
    }

    private static String escape(String text) {
        return UNSAFE.matcher(text)
                .replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
    }

    private static boolean hasCanonicalForm(JsonNode number) {
        try {
            CanonicalJson.text(number);
            return true;
        } catch (IllegalArgumentException | JacksonException e) {
            return false;
        }
    }
}
