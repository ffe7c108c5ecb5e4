package dev.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Resident memory of a server that does nothing, and of one whose tasks all wait for the model. */
final class Memory implements Measurement {
    private static final int IDLE_MIB = 150;
    private static final double TASK_MIB = 0.5;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var tasks = effort.of(500, 5);
        var rest = Duration.ofSeconds(effort.of(15, 0));
        try (var scratch = site.scratch();
                var endpoint = Scripts.endpoint();
                var server = ServerChild.start(site, scratch, URI.create(endpoint.url()));
                var client = new TaskClient(server.url())) {
            Thread.sleep(rest);
            var idle = server.residentKib();
            client.runToEnd(Scripts.LOOK);
            var before = endpoint.requests();
            var started = System.nanoTime();
            for (var i = 0; i < tasks; i++) {
                client.begin(Scripts.WAIT);
            }
            while (endpoint.requests() < before + tasks) {
                Thread.sleep(Duration.ofMillis(20));
                if (System.nanoTime() - started > Duration.ofMinutes(1).toNanos()) {
                    throw new IOException("not all tasks reached the model");
                }
            }
            var reached = Duration.ofNanos(System.nanoTime() - started);
            Thread.sleep(rest);
            var waiting = server.residentKib();
            if (client.open() != tasks) {
                throw new IOException("a task did not wait");
            }
            return List.of(idle(idle, EmptyProgram.residentKib(site)), waiting(idle, waiting, tasks, reached));
        }
    }

    private static Row idle(long kib, long empty) {
        return Row.judged(
                "resident memory of an idle server (simulated arm, rehearsal engine warmed up)",
                "≤ " + IDLE_MIB + " MB",
                megabytes(kib),
                "an empty Java program with the same options: " + megabytes(empty),
                kib <= IDLE_MIB * 1024L);
    }

    private static Row waiting(long idle, long waiting, int tasks, Duration reached) {
        var each = (waiting - idle) / 1024.0 / tasks;
        return Row.judged(
                "resident memory of each of " + tasks + " tasks that wait for the model",
                "≤ " + TASK_MIB + " MB",
                String.format(Locale.ROOT, "%.2f MB (%s in all)", each, megabytes(waiting)),
                "the same server idle: " + megabytes(idle) + "; all were waiting after "
                        + Percentiles.millis(reached.toNanos()),
                each <= TASK_MIB);
    }

    private static String megabytes(long kib) {
        return String.format(Locale.ROOT, "%.0f MB", kib / 1024.0);
    }
}
