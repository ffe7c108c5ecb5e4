package dev.gatehouse.bench;

import java.util.Arrays;
import java.util.Locale;

/** The distribution of some durations in nanoseconds. */
final class Percentiles {
    private final long[] sorted;

    private Percentiles(long[] sorted) {
        this.sorted = sorted;
    }

    /** @throws IllegalArgumentException if there are none */
    static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        var copy = nanos.clone();
        Arrays.sort(copy);
        return new Percentiles(copy);
    }

    /** The value that this share of all values does not exceed; nearest rank. */
    long at(double share) {
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    long p50() {
        return at(0.5);
    }

    long p99() {
        return at(0.99);
    }

    long max() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }

    String inMillis() {
        return "p50 " + millis(p50()) + ", p99 " + millis(p99()) + ", max " + millis(max());
    }

    String inMicros() {
        return "p50 " + micros(p50()) + ", p99 " + micros(p99());
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, nanos < 1e6 ? "%.2f ms" : "%.1f ms", nanos / 1e6);
    }

    static String micros(long nanos) {
        return String.format(Locale.ROOT, nanos < 1e4 ? "%.2f µs" : "%.1f µs", nanos / 1e3);
    }

    static String ratio(long measured, long compared) {
        return String.format(Locale.ROOT, "%.2f ×", (double) measured / compared);
    }
}
