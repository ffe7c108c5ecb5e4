package dev.gatehouse.bench;

import dev.gatehouse.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How long a stop takes when everything is against it; see {@link StopScenario}. */
final class Stop implements Measurement {
    private static final int CONNECTIONS = 500;

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        var connections = effort.of(CONNECTIONS, 20);
        try (var scratch = site.scratch()) {
            var process = site.scenario(
                            StopScenario.class,
                            scratch.directory().toString(),
                            Integer.toString(effort.of(300, 10)),
                            Integer.toString(connections))
                    .start();
            Thread.ofVirtual().name("scenario-log").start(() -> forward(process));
            var seen = read(process);
            var children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
            return rows(seen, connections);
        }
    }

    private static List<Row> rows(JsonNode seen, int connections) {
        var bare = percentiles(seen.path("bare"));
        var compared = "a bare accept and read beside it: " + bare.inMillis();
        var latched = percentiles(seen.path("latched"));
        var received = percentiles(seen.path("received"));
        var issued = percentiles(seen.path("issued"));
        var answered = percentiles(seen.path("answered"));
        var under = " (all cores busy, " + seen.path("open_tasks").asInt() + " tasks running to the end, " + connections
                + " stalled connections, audit disk stalled; " + latched.count() + " stops)";
        return List.of(
                Row.judged(
                        "stop: received until latched and the driver told" + under,
                        "latch p99 ≤ 10 ms; told p99 ≤ 50 ms, max ≤ 100 ms",
                        received.inMillis(),
                        "the server's own clock, in its answer, rounded up",
                        received.p99() <= millis(10) && received.max() <= millis(100)),
                Row.information(
                        "stop: request sent until the gate sees the latch, the same stops",
                        latched.inMillis(),
                        compared),
                Row.information(
                        "stop: request sent until the driver is told, the same stops", issued.inMillis(), compared),
                Row.information(
                        "stop: request sent until it is answered (confirmed by the arm, latch on disk)",
                        answered.inMillis(),
                        compared));
    }

    private static long millis(int count) {
        return Duration.ofMillis(count).toNanos();
    }

    private static Percentiles percentiles(JsonNode nanos) {
        var all = new ArrayList<Long>();
        nanos.values().forEach(value -> all.add(value.longValue()));
        return Percentiles.of(all.stream().mapToLong(Long::longValue).toArray());
    }

    private static JsonNode read(Process process) throws Exception {
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("{")) {
                    return Json.read(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        throw new IOException("the scenario ended without a result, with code " + process.waitFor());
    }

    private static void forward(Process process) {
        try (var log = new BufferedReader(process.errorReader(StandardCharsets.UTF_8))) {
            for (var line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains("Exception") || line.startsWith("\tat dev.gatehouse.bench")) {
                    System.err.println(line);
                }
            }
        } catch (IOException e) {
            System.err.println("the log of the scenario broke off");
        }
    }
}
