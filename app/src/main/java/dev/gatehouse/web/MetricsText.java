package dev.gatehouse.web;

import java.math.BigDecimal;

/** Figures in the text format 0.0.4 of Prometheus: families of samples, each with its help and its type. */
final class MetricsText {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder();
    private String family = "";

    /** Begins a family; its name says the unit, and ends in {@code _total} if it only grows. */
    MetricsText family(String name, String type, String help) {
        family = "gatehouse_" + name;
        return head(type, help);
    }

    /** Begins a family whose name is not ours to choose. */
    MetricsText standard(String name, String type, String help) {
        family = name;
        return head(type, help);
    }

    private MetricsText head(String type, String help) {
        out.append("# HELP ").append(family).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        return this;
    }

    MetricsText value(boolean yes) {
        return value(yes ? 1 : 0);
    }

    /** A sample of the family; labels in pairs. */
    MetricsText value(long value, String... labels) {
        return sample("", Long.toString(value), labels);
    }

    MetricsText value(BigDecimal value) {
        return sample("", value.toPlainString());
    }

    MetricsText histogram(Histogram.Snapshot times) {
        for (var bucket : times.buckets()) {
            sample("_bucket", Long.toString(bucket.count()), "le", bucket.bound());
        }
        return sample("_sum", times.sum().toPlainString()).sample("_count", Long.toString(times.count()));
    }

    private MetricsText sample(String suffix, String value, String... labels) {
        out.append(family).append(suffix);
        for (var i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(escaped(labels[i + 1]));
            out.append('"');
        }
        out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
