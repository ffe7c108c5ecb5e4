package dev.gatehouse.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
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

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .characterEscapes(new LineSafe())
            .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws MalformedJsonException if the text is not exactly one acceptable value
     */
    public static JsonNode read(String text) throws MalformedJsonException {
        return read(() -> FACTORY.createParser(ObjectReadContext.empty(), text));
    }

    /** Reads one JSON value from UTF-8 bytes; see {@link #read(String)}. */
    public static JsonNode read(byte[] utf8) throws MalformedJsonException {
        return read(() -> FACTORY.createParser(ObjectReadContext.empty(), utf8));
    }

    /** Writes a tree on one line; U+2028, U+2029 and control characters are escaped, lone surrogates replaced (D4.1). */
    public static String line(JsonNode node) {
        return wellFormed(written(node, ObjectWriteContext.empty()));
    }

    /** Writes a tree with two-space indent, for people. */
    public static String pretty(JsonNode node) {
        return wellFormed(written(node, new ForPeople()));
    }

    /**
     * Turns a value into a tree.
     *
     * @param value null, a tree, a string, a number, a boolean, or a collection or a map of such values
     * @throws IllegalArgumentException for any other type
     */
    public static JsonNode tree(@Nullable Object value) {
        // No pattern switch: this is on the way to the first answer of gatehouse mcp (ADR 0014).
        var nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        } else if (value instanceof JsonNode node) {
            return node;
        } else if (value instanceof String text) {
            return nodes.stringNode(text);
        } else if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Collection<?> items) {
            var array = array();
            items.forEach(item -> array.add(tree(item)));
            return array;
        } else if (value instanceof Map<?, ?> members) {
            var object = object();
            members.forEach((name, member) -> object.set(String.valueOf(name), tree(member)));
            return object;
        }
        throw new IllegalArgumentException("no JSON for " + value.getClass());
    }

    private static JsonNode number(Number number) {
        var nodes = JsonNodeFactory.instance;
        if (number instanceof Integer whole) {
            return nodes.numberNode(whole);
        } else if (number instanceof Long whole) {
            return nodes.numberNode(whole);
        } else if (number instanceof Double fraction) {
            return nodes.numberNode(fraction);
        } else if (number instanceof BigInteger whole) {
            return nodes.numberNode(whole);
        } else if (number instanceof BigDecimal fraction) {
            return nodes.numberNode(fraction);
        }
        throw new IllegalArgumentException("no JSON for " + number.getClass());
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Replaces every lone surrogate by U+FFFD, so that the text can be encoded as UTF-8. */
    public static String wellFormed(String text) {
        // Every line of every log comes by here, and few have a surrogate at all: a plain look is quicker than the
        // pattern.
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
            }
        }
        return text;
    }

    private static JsonNode read(Supplier<JsonParser> opening) throws MalformedJsonException {
        try (var parser = opening.get()) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("no JSON value");
            }
            var node = new TreeReader(parser).value();
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("not valid JSON" + at(parser.currentTokenLocation()));
            }
            return node;
        } catch (JacksonException e) {
            throw new MalformedJsonException(reason(e));
        } catch (NumberFormatException e) {
            // The library lets this one escape for an exponent beyond that of any decimal, such as 1e9999999999.
            throw new MalformedJsonException("JSON exceeds a size or nesting limit");
        }
    }

    private static String reason(JacksonException e) {
        var at = at(e.getLocation());
        if (e instanceof StreamConstraintsException) {
            return "JSON exceeds a size or nesting limit" + at;
        }
        var text = e.getOriginalMessage();
        return (text != null && text.startsWith("Duplicate") ? "duplicate member name" : "not valid JSON") + at;
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String written(JsonNode node, ObjectWriteContext context) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(context, text)) {
            new TreeWriter(generator).value(node);
        }
        return text.toString();
    }

    private static final class ForPeople extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return FOR_PEOPLE.createInstance();
        }
    }

    /** Escapes what would end a line for some reader: C1 controls and the two Unicode line separators. */
    private static final class LineSafe extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        /** Asked for by each writer, which changes nothing in it. */
        private static final int[] ASCII = standardAsciiEscapesForJSON();

        static {
            ASCII[0x7f] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int ch) {
            return (ch >= 0x80 && ch <= 0x9f) || ch == 0x2028 || ch == 0x2029
                    ? new SerializedString("\\u%04x".formatted(ch))
                    : null;
        }
    }
}
