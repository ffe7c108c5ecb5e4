package dev.gatehouse.robot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns measured values into short decimals: a servo knows no billionths, and canonical JSON refuses them. */
public final class Round {
    private Round() {}

    /** The value with at most two decimals; it must be finite. */
    public static BigDecimal hundredths(double value) {
        var rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
        var shortest = rounded.stripTrailingZeros();
        // A negative scale would be written as 1.8E+2.
        return shortest.scale() < 0 ? shortest.setScale(0, RoundingMode.UNNECESSARY) : shortest;
    }
}
