package dev.gatehouse.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The results as people read them. */
final class Report {
    private Report() {}

    static String markdown(List<Row> rows, Machine machine, LocalDate on) {
        var out = new StringBuilder("""
                # Results

                Written by `make bench`; how to read it: [README.md](README.md).
                Measured on %s, on %s.

                | What | Bar | Measured | Compared with, in the same run | Holds |
                |---|---|---|---|---|
                """.formatted(on, machine.text()));
        for (var row : rows) {
            out.append("| ")
                    .append(row.what())
                    .append(" | ")
                    .append(row.bar())
                    .append(" | ")
                    .append(row.measured())
                    .append(" | ")
                    .append(row.comparedWith())
                    .append(" | ")
                    .append(row.verdict().shown())
                    .append(" |\n");
        }
        return out.append('\n').append(summary(rows)).append('\n').toString();
    }

    static String summary(List<Row> rows) {
        return count(rows, Row.Verdict.HOLDS) + " bars hold, " + count(rows, Row.Verdict.MISSED) + " are missed, "
                + count(rows, Row.Verdict.SKIPPED) + " could not be measured here.";
    }

    static long count(List<Row> rows, Row.Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
