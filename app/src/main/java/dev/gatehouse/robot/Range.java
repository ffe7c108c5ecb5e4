package dev.gatehouse.robot;

/** A closed interval; empty if the minimum exceeds the maximum. */
public record Range(double min, double max) {
    public Range {
        if (!Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException("a range has finite ends");
        }
    }

    public boolean contains(double value) {
        return value >= min && value <= max;
    }

    public Range intersection(Range other) {
        var highestMin = Math.max(min, other.min);
        var lowestMax = Math.min(max, other.max);
        return new Range(highestMin, lowestMax);
    }
}
