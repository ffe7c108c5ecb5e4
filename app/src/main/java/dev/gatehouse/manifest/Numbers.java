package dev.gatehouse.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The one form each number has in a frontmatter tree.
 *
 * <p>A whole number is a {@link BigInteger} of any size, {@code 2.0} and {@code 2e0} included; any other finite number is the
 * {@link BigDecimal} of the shortest decimal that names its 64-bit float; only infinities and NaN are {@link Double}s (robot-md.md 2.3).
 */
final class Numbers {
    private Numbers() {}

    /** The tree's form of any number. */
    static Number canonical(Number value) {
        return switch (value) {
            case BigInteger big -> big;
            case BigDecimal decimal -> canonical(decimal);
            case Double d -> canonical(d.doubleValue());
            case Float f -> canonical(f.doubleValue());
            default -> BigInteger.valueOf(value.longValue());
        };
    }

    /** The tree's form of a 64-bit float. */
    static Number canonical(double value) {
        if (!Double.isFinite(value)) {
            return value;
        }
        return canonical(BigDecimal.valueOf(value));
    }

    private static Number canonical(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        // A decimal whose exponent is beyond any float would take its exponent's size in memory when written out.
        if (stripped.scale() <= 0 && stripped.scale() > -400) {
            return stripped.toBigInteger();
        }
        return stripped.scale() <= 0 ? canonical(stripped.doubleValue()) : stripped;
    }

    static boolean isFinite(Number value) {
        return Double.isFinite(value.doubleValue()) || value instanceof BigInteger || value instanceof BigDecimal;
    }

    /** A number for people and for YAML: no needless fraction, exponents only far from one. */
    static String text(Number value) {
        return switch (canonical(value)) {
            case BigInteger whole -> whole.toString();
            case BigDecimal decimal -> decimal(decimal);
            case Number other -> nonFinite(other.doubleValue());
        };
    }

    private static String decimal(BigDecimal value) {
        var exponent = value.precision() - value.scale();
        return exponent > -6 ? value.toPlainString() : value.toString().replace("E", "e");
    }

    private static String nonFinite(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        return value > 0 ? ".inf" : "-.inf";
    }
}
