package dev.gatehouse.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a task of two model turns and one observing tool call takes from end to end, and what of it is ours. */
final class TaskTime implements Measurement {
    private static final String TIME = "own time of a task (2 model turns, 1 observing tool call), warm";
    private static final String CPU = "processor time of the same task";
    private static final long MOST_NANOS = Duration.ofMillis(30).toNanos();
    private static final int CLI_SHARE = 15;

    @Override
    public String name() {
        return "task";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var rows = new ArrayList<Row>();
        try (var scratch = site.scratch();
                var endpoint = Scripts.endpoint();
                var raw = new RawConversation(URI.create(endpoint.url()));
                var server = ServerChild.start(site, scratch, URI.create(endpoint.url()));
                var client = new TaskClient(server.url())) {
            for (var i = 0; i < effort.of(600, 3); i++) {
                client.runToEnd(Scripts.LOOK);
                raw.run();
            }
            var count = effort.of(300, 3);
            var whole = new long[count];
            var bare = new long[count];
            var cpuBefore = server.cpu();
            for (var i = 0; i < count; i++) {
                whole[i] = timed(() -> client.runToEnd(Scripts.LOOK));
                bare[i] = timed(raw::run);
            }
            var cpu = server.cpu().minus(cpuBefore).dividedBy(count);
            rows.add(time(Percentiles.of(whole), Percentiles.of(bare)));
            rows.add(cpu(cpu, URI.create(endpoint.url()), scratch.directory()));
        }
        return rows;
    }

    private static Row time(Percentiles whole, Percentiles bare) {
        var own = Math.max(0, whole.p50() - bare.p50());
        return Row.judged(
                TIME,
                "p50 ≤ 30 ms",
                "p50 " + Percentiles.millis(own) + " (whole task, as the caller sees it: " + whole.inMillis() + ")",
                "the same two model requests made bare: p50 " + Percentiles.millis(bare.p50())
                        + ", which is subtracted",
                own <= MOST_NANOS);
    }

    private static Row cpu(Duration task, URI endpoint, Path directory) throws Exception {
        var bar = "≤ 1/" + CLI_SHARE + " of one Claude Code start";
        var measured = Percentiles.millis(task.toNanos());
        var cli = ClaudeCli.find();
        if (cli.isEmpty()) {
            return new Row(
                    CPU,
                    bar,
                    measured,
                    "no claude on the PATH of this machine, and none among the peers of the tests",
                    Row.Verdict.SKIPPED);
        }
        var starts = new long[3];
        for (var i = 0; i < starts.length; i++) {
            starts[i] = cli.get().cpuOfOneStart(endpoint, directory).toNanos();
        }
        Arrays.sort(starts);
        return Row.judged(
                CPU,
                bar,
                measured,
                "one start: " + Percentiles.millis(starts[1]) + ", " + Percentiles.ratio(task.toNanos(), starts[1]),
                task.toNanos() * CLI_SHARE <= starts[1]);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static long timed(Step step) throws Exception {
        var from = System.nanoTime();
        step.run();
        return System.nanoTime() - from;
    }
}
