package dev.gatehouse.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * RFC 8785: the one byte sequence that stands for a JSON value, used wherever a value is hashed, bound or signed.
 *
 * <p>Numbers outside ±(2^53−1), or with more than 17 significant digits, have no unambiguous form and are refused.
 */
public final class CanonicalJson {
    private static final BigInteger MAX_INTEGER = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);
    private static final int MAX_DIGITS = 17;

    private CanonicalJson() {}

    /**
     * The canonical text of a value.
     *
     * @throws IllegalArgumentException if the value holds a number or a string that has no canonical form
     */
    public static String text(JsonNode node) {
        var out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    /** The canonical UTF-8 bytes of a value; see {@link #text}. */
    public static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    /** Lower-case hexadecimal SHA-256 of the canonical bytes; see {@link #text}. */
    public static String sha256(JsonNode node) {
        return sha256(bytes(node));
    }

    /** Lower-case hexadecimal SHA-256 of bytes. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, out);
            case ARRAY -> array(node, out);
            case STRING -> string(node.stringValue(), out);
            case NUMBER -> out.append(number(node.decimalValue()));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a JSON value");
        }
    }

    private static void object(JsonNode node, StringBuilder out) {
        // String order is UTF-16 code unit order, which is what RFC 8785 section 3.2.3 asks for.
        var members = new TreeMap<String, JsonNode>();
        node.properties().forEach(e -> members.put(e.getKey(), e.getValue()));
        var separator = '{';
        for (var member : members.entrySet()) {
            out.append(separator);
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void array(JsonNode node, StringBuilder out) {
        var separator = '[';
        for (var item : node) {
            out.append(separator);
            write(item, out);
            separator = ',';
        }
        out.append(node.isEmpty() ? "[]" : "]");
    }

    private static void string(String value, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                out.append(value.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("lone surrogate in a string");
            }
        }
        out.append('"');
    }

    /** ECMAScript Number::toString, computed on the decimal so that no digit is invented or lost. */
    private static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        var v = value.stripTrailingZeros();
        if (v.scale() <= 0) {
            if (v.precision() - v.scale() > MAX_DIGITS || v.toBigInteger().abs().compareTo(MAX_INTEGER) > 0) {
                throw new IllegalArgumentException("integer beyond 2^53-1");
            }
            return v.toBigInteger().toString();
        }
        if (v.precision() > MAX_DIGITS) {
            throw new IllegalArgumentException("number with more than 17 significant digits");
        }
        var exponent = v.precision() - v.scale();
        if (exponent > -6) {
            return v.toPlainString();
        }
        var digits = v.unscaledValue().abs().toString();
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (v.signum() < 0 ? "-" : "") + mantissa + "e" + (exponent - 1);
    }
}
