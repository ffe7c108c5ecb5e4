package dev.gatehouse.manifest;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means to the YAML 1.1 tools still in the field, so that a file that means two things can be pointed out
 * (warning {@code yaml-portability}, robot-md.md 2.3 and 4.6). Follows the resolver of the most used of them, Python's.
 */
final class OldYaml {
    /** Longer scalars are prose; the bound keeps the backtracking patterns below cheap on hostile input. */
    private static final int MAX_LENGTH = 128;

    private static final Pattern BINARY = Pattern.compile("[-+]?0b[0-1_]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT =
            Pattern.compile("(?:[-+]?[0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?");
    private static final Pattern FLOAT_BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
    private static final Pattern TIMESTAMP = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                    + "(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

    private OldYaml() {}

    /** How YAML 1.1 reads the plain scalar, in words, if that differs from {@link CoreSchema}. */
    static Optional<String> otherReading(String plain) {
        if (plain.isEmpty() || plain.length() > MAX_LENGTH || !isSuspect(plain.charAt(0)) || isPlainDecimal(plain)) {
            return Optional.empty();
        }
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case "yes", "on" -> Optional.of("the boolean true");
            case "no", "off" -> Optional.of("the boolean false");
            case "<<" -> Optional.of("the instruction to merge another mapping");
            case "=" -> Optional.of("a default-value marker");
            default -> TIMESTAMP.matcher(plain).matches() ? Optional.of("a date") : otherNumber(plain);
        };
    }

    private static Optional<String> otherNumber(String plain) {
        var here = CoreSchema.number(plain);
        if (here instanceof Double) {
            // Infinities and NaN are spelt alike in both; an overflowing float is refused by the validator anyway.
            return Optional.empty();
        }
        var there = number(plain);
        if (here == null ? there == null : here.equals(there)) {
            return Optional.empty();
        }
        return Optional.of(there == null ? "a string" : "the number " + Numbers.text(there));
    }

    private static @Nullable Number number(String plain) {
        var digits = plain.replace("_", "");
        if (BINARY.matcher(plain).matches()) {
            return inBase(digits.replace("0b", ""), 2);
        }
        if (OCTAL.matcher(plain).matches()) {
            return inBase(digits, 8);
        }
        if (DECIMAL.matcher(plain).matches()) {
            return inBase(digits, 10);
        }
        if (HEXADECIMAL.matcher(plain).matches()) {
            return inBase(digits.replace("0x", ""), 16);
        }
        if (FLOAT.matcher(plain).matches()) {
            return Numbers.canonical(Double.parseDouble(digits));
        }
        return BASE_60.matcher(plain).matches() || FLOAT_BASE_60.matcher(plain).matches() ? base60(digits) : null;
    }

    private static Number inBase(String digits, int base) {
        var bare = digits.equals("-") || digits.equals("+") || digits.isEmpty();
        return bare ? BigInteger.ZERO : new BigInteger(digits, base);
    }

    private static Number base60(String digits) {
        var value = 0.0;
        for (var part : digits.replaceFirst("^[-+]", "").split(":", -1)) {
            value = value * 60 + Double.parseDouble(part);
        }
        return Numbers.canonical(digits.startsWith("-") ? -value : value);
    }

    /** Digits without a leading zero, and perhaps a fraction: the same to everybody, and most of what a robot's file holds. */
    private static boolean isPlainDecimal(String text) {
        var from = text.charAt(0) == '-' ? 1 : 0;
        var point = text.indexOf('.');
        var whole = point < 0 ? text.length() : point;
        return (whole == from + 1 || (whole > from && text.charAt(from) != '0'))
                && areDigits(text, from, whole)
                && (point < 0 || (point + 1 < text.length() && areDigits(text, point + 1, text.length())));
    }

    private static boolean areDigits(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSuspect(char first) {
        return (first >= '0' && first <= '9') || "-+.<=yYnNoO".indexOf(first) >= 0;
    }
}
