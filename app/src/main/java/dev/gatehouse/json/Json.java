package dev.gatehouse.json;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict reading and line-safe writing of JSON trees.
 *
 * <p>Refused on the way in: duplicate member names, text after the value, NaN and infinities, nesting deeper than
 * {@value #MAX_DEPTH}. Fractions are kept as decimals, never as binary floating point.
 */
public final class Json {
    /** Deepest nesting accepted; deeper input is an attempt to exhaust the stack. */
    public static final int MAX_DEPTH = 64;

    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

    /** One member or item a line and nothing inside empty brackets, as the field's other programs write it. */
    private static final DefaultPrettyPrinter FOR_PEOPLE = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .characterEscapes(new LineSafe())
                    .build())
            .defaultPrettyPrinter(FOR_PEOPLE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws MalformedJsonException if the text is not exactly one acceptable value
     */
    public static JsonNode read(String text) throws MalformedJsonException {
        return read(() -> MAPPER.readTree(text));
    }

    /** Reads one JSON value from UTF-8 bytes; see {@link #read(String)}. */
    public static JsonNode read(byte[] utf8) throws MalformedJsonException {
        return read(() -> MAPPER.readTree(utf8));
    }

    /** Writes a tree on one line; U+2028, U+2029 and control characters are escaped, lone surrogates replaced (D4.1). */
    public static String line(JsonNode node) {
        return wellFormed(MAPPER.writeValueAsString(node));
    }

    /** Writes a tree with two-space indent, for people. */
    public static String pretty(JsonNode node) {
        return wellFormed(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }

    /** Turns maps, lists, strings, numbers, booleans and records into a tree. */
    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Replaces every lone surrogate by U+FFFD, so that the text can be encoded as UTF-8. */
    public static String wellFormed(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    }

    private static JsonNode read(Supplier<JsonNode> text) throws MalformedJsonException {
        JsonNode node;
        try {
            node = text.get();
        } catch (JacksonException e) {
            throw new MalformedJsonException(reason(e));
        } catch (NumberFormatException e) {
            // The library lets this one escape for an exponent beyond that of any decimal, such as 1e9999999999.
            throw new MalformedJsonException("JSON exceeds a size or nesting limit");
        }
        if (node.isMissingNode()) {
            throw new MalformedJsonException("no JSON value");
        }
        return node;
    }

    private static String reason(JacksonException e) {
        var at = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return "JSON exceeds a size or nesting limit" + at;
        }
        var text = e.getOriginalMessage();
        return (text != null && text.startsWith("Duplicate") ? "duplicate member name" : "not valid JSON") + at;
    }

    /** Escapes what would end a line for some reader: C1 controls and the two Unicode line separators. */
    private static final class LineSafe extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            var codes = standardAsciiEscapesForJSON();
            codes[0x7f] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int ch) {
            return (ch >= 0x80 && ch <= 0x9f) || ch == 0x2028 || ch == 0x2029
                    ? new SerializedString("\\u%04x".formatted(ch))
                    : null;
        }
    }
}
