package dev.gatehouse.manifest;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means under the core schema of YAML 1.2 (robot-md.md 2.3). */
final class CoreSchema {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]++");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]++");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]++");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:\\.[0-9]++|[0-9]++(?:\\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");

    private CoreSchema() {}

    /** Null, a Boolean, a number in the form of {@link Numbers}, or the text itself. */
    static @Nullable Object value(String plain) {
        if (isNull(plain)) {
            return null;
        }
        var truth = truth(plain);
        if (truth != null) {
            return truth;
        }
        var number = number(plain);
        return number != null ? number : plain;
    }

    static boolean isNull(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    static @Nullable Boolean truth(String plain) {
        return switch (plain) {
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** An integer or a float, or null if the text is neither. */
    static @Nullable Number number(String plain) {
        var whole = integer(plain);
        return whole != null ? whole : floating(plain);
    }

    static @Nullable BigInteger integer(String plain) {
        if (!looksNumeric(plain)) {
            return null;
        }
        if (INTEGER.matcher(plain).matches()) {
            return WholeNumbers.decimal(plain);
        }
        if (OCTAL.matcher(plain).matches()) {
            return WholeNumbers.binary(plain.substring(2), 3);
        }
        return HEXADECIMAL.matcher(plain).matches() ? WholeNumbers.binary(plain.substring(2), 4) : null;
    }

    private static @Nullable Number floating(String plain) {
        if (!looksNumeric(plain)) {
            return null;
        }
        if (FLOAT.matcher(plain).matches()) {
            return Numbers.canonical(Double.parseDouble(plain));
        }
        if (INFINITY.matcher(plain).matches()) {
            return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return NOT_A_NUMBER.matcher(plain).matches() ? Double.NaN : null;
    }

    private static boolean looksNumeric(String plain) {
        if (plain.isEmpty()) {
            return false;
        }
        var first = plain.charAt(0);
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }
}
