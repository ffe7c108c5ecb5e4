package dev.gatehouse.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How long something took, counted in steps that are told apart. Safe for any number of threads. */
final class Histogram {
    /** Upper bounds in milliseconds; the bars of D8.7 are among them. */
    private static final long[] BOUNDS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000};

    private final long[] counts = new long[BOUNDS.length];
    private long count;
    private long sumMillis;

    synchronized void add(long millis) {
        count++;
        sumMillis += millis;
        for (var i = 0; i < BOUNDS.length; i++) {
            if (millis <= BOUNDS[i]) {
                counts[i]++;
            }
        }
    }

    synchronized Snapshot snapshot() {
        var buckets = new ArrayList<Bucket>();
        for (var i = 0; i < BOUNDS.length; i++) {
            buckets.add(new Bucket(seconds(BOUNDS[i]).toPlainString(), counts[i]));
        }
        buckets.add(new Bucket("+Inf", count));
        return new Snapshot(List.copyOf(buckets), seconds(sumMillis), count);
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }

    /** How many took at most so many seconds. */
    record Bucket(String bound, long count) {}

    /**
     * All of it at one moment.
     *
     * @param sum in seconds
     */
    record Snapshot(List<Bucket> buckets, BigDecimal sum, long count) {}
}
