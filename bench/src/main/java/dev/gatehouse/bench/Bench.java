package dev.gatehouse.bench;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the measurements and writes {@code bench/RESULTS.md}.
 *
 * <p>A missed bar is said loudly and is no failure, because machines are noisy; with {@code --check} it is one. With names only those
 * measurements run, and nothing is written.
 */
final class Bench {
    /** In the order of the table: what is sensitive to a warm disk or a hot machine comes first. */
    private static final List<Measurement> ALL = List.of(
            new GateDecision(),
            new AuditCommit(),
            new Dispatching(),
            new Recovering(),
            new FanOut(),
            new Interleavings(),
            new Stop(),
            new TaskTime(),
            new Memory(),
            new StartUp(),
            new McpStdio());

    private Bench() {}

    static List<Measurement> all() {
        return ALL;
    }

    public static void main(String[] args) throws Exception {
        var options = Arrays.stream(args).filter(a -> a.startsWith("--")).collect(Collectors.toSet());
        var names = Arrays.stream(args).filter(a -> !a.startsWith("--")).collect(Collectors.toSet());
        if (options.contains("--list")) {
            ALL.forEach(measurement -> System.out.println(measurement.name()));
            return;
        }
        var known = ALL.stream().map(Measurement::name).collect(Collectors.toSet());
        if (!Set.of("--check").containsAll(options) || !known.containsAll(names)) {
            System.err.println("usage: bench/run [--check] [--list] [NAME...]; names: " + String.join(" ", known));
            System.exit(2);
        }
        var site = Site.here();
        var machine = Machine.here();
        var rows = run(site, names);
        var report = Report.markdown(rows, machine, Report.today());
        System.out.println();
        System.out.println(report);
        if (names.isEmpty()) {
            Files.writeString(site.root().resolve("bench/RESULTS.md"), report);
        }
        var missed = Report.count(rows, Row.Verdict.MISSED) > 0;
        System.exit(missed && options.contains("--check") ? 1 : 0);
    }

    private static List<Row> run(Site site, Set<String> names) throws Exception {
        var rows = new ArrayList<Row>();
        for (var measurement : ALL) {
            if (names.isEmpty() || names.contains(measurement.name())) {
                System.err.println("measuring: " + measurement.name());
                rows.addAll(measurement.measure(site, Effort.FULL));
            }
        }
        return rows;
    }
}
