package dev.gatehouse.agent;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A sum in whole micro-dollars, never negative (E4.1). */
public record Money(long micros) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    private static final int SCALE = 6;

    public Money {
        if (micros < 0) {
            throw new IllegalArgumentException("negative sum");
        }
    }

    /** A sum given in dollars; fractions of a micro-dollar are dropped, so that a budget only ever shrinks. */
    public static Money ofDollars(BigDecimal dollars) {
        return new Money(
                dollars.movePointRight(SCALE).setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }

    /** What is left after taking the other sum away; zero if that is more than there is. */
    public Money minus(Money other) {
        return new Money(Math.max(0, micros - other.micros));
    }

    /** The sum in dollars with at most six decimals, for events. */
    public BigDecimal dollars() {
        var exact = BigDecimal.valueOf(micros, SCALE).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return dollars().toPlainString() + " USD";
    }
}
