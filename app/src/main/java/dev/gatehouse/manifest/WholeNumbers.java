package dev.gatehouse.manifest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads whole numbers of any length in bearable time.
 *
 * <p>The platform's own reader takes time quadratic in the number of digits: twenty seconds for a file of one mebibyte that is all digits.
 */
final class WholeNumbers {
    /** Up to here the platform's reader is the faster one. */
    private static final int CHUNK = 512;

    private WholeNumbers() {}

    /** Reads {@code [-+]?[0-9]+}. */
    static BigInteger decimal(String text) {
        if (text.length() <= CHUNK) {
            return new BigInteger(text);
        }
        var signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        var magnitude = decimal(signed ? text.substring(1) : text, powers(text.length()));
        return text.charAt(0) == '-' ? magnitude.negate() : magnitude;
    }

    /** Reads octal ({@code bits} is 3) or hexadecimal ({@code bits} is 4) digits. */
    static BigInteger binary(String digits, int bits) {
        var bytes = new byte[(digits.length() * bits + 7) / 8];
        var at = 0;
        for (var i = digits.length() - 1; i >= 0; i--, at += bits) {
            var digit = Character.digit(digits.charAt(i), 1 << bits) << (at % 8);
            var low = bytes.length - 1 - at / 8;
            bytes[low] |= (byte) digit;
            if (digit > 0xFF) {
                bytes[low - 1] |= (byte) (digit >> 8);
            }
        }
        return new BigInteger(1, bytes);
    }

    /** Splits off as many low digits as the largest known power that is shorter than the text. */
    private static BigInteger decimal(String digits, List<BigInteger> powers) {
        if (digits.length() <= CHUNK) {
            return new BigInteger(digits);
        }
        var level = 31 - Integer.numberOfLeadingZeros((digits.length() - 1) / CHUNK);
        var cut = digits.length() - (CHUNK << level);
        return decimal(digits.substring(0, cut), powers)
                .multiply(powers.get(level))
                .add(decimal(digits.substring(cut), powers));
    }

    /** Ten to the power of {@code CHUNK}, of twice that, and so on, as far as a text of this length needs. */
    private static List<BigInteger> powers(int length) {
        var powers = new ArrayList<BigInteger>();
        var power = BigInteger.TEN.pow(CHUNK);
        for (var digits = CHUNK; digits < length; digits *= 2) {
            powers.add(power);
            power = power.multiply(power);
        }
        return powers;
    }
}
