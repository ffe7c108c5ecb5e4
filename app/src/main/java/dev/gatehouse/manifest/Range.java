package dev.gatehouse.manifest;

/** A closed interval as declared. If {@code min} is above {@code max} nothing lies in it, and warning {@code limit-contradiction} says so. */
public record Range(double min, double max) {
    public boolean contains(double value) {
        return min <= value && value <= max;
    }

    /** What lies in both. */
    public Range intersection(Range other) {
        var from = Math.max(min, other.min);
        var to = Math.min(max, other.max);
        return new Range(from, to);
    }

    /** Whether no value can satisfy it. */
    public boolean isContradiction() {
        return min > max;
    }

    @Override
    public String toString() {
        return "[" + Numbers.text(Numbers.canonical(min)) + ", " + Numbers.text(Numbers.canonical(max)) + "]";
    }
}
