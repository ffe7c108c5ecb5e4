package dev.gatehouse.bench;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;

/** What the durable record before a motion costs, against a bare append and fsync of the same size, in turns. */
final class AuditCommit implements Measurement {
    /** Until the optimising compiler has had the making of a record: cold, it costs 50 µs more. */
    private static final int WARM_UP = 5000;

    private static final double MOST = 1.5;

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public List<Row> measure(Site site, Effort effort) throws Exception {
        try (var scratch = site.scratch();
                var writer = Executors.newSingleThreadExecutor();
                var log = AuditLog.open(AuditSettings.of(scratch.state(), new Ids().mint(Ids.Kind.BOOT)));
                var bare = FileChannel.open(
                        scratch.state().resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var bytes = sizeOfOne(log, scratch.state());
            for (var i = 0; i < effort.of(WARM_UP, 2); i++) {
                log.write(intent());
                append(bare, bytes);
            }
            var count = effort.of(1000, 5);
            var commits = new long[count];
            var appends = new long[count];
            var handed = new long[count];
            for (var i = 0; i < count; i++) {
                var from = System.nanoTime();
                log.write(intent());
                var between = System.nanoTime();
                append(bare, bytes);
                commits[i] = between - from;
                var after = System.nanoTime();
                appends[i] = after - between;
                writer.submit(() -> append(bare, bytes)).get();
                handed[i] = System.nanoTime() - after;
            }
            return List.of(
                    row(Percentiles.of(commits), Percentiles.of(appends), bytes),
                    Row.information(
                            "the bare append and fsync, handed to another thread and waited for",
                            Percentiles.of(handed).inMicros() + ", "
                                    + Percentiles.ratio(
                                            Percentiles.of(handed).p50(),
                                            Percentiles.of(appends).p50()),
                            "the same bare append"));
        }
    }

    private static Row row(Percentiles commits, Percentiles appends, int bytes) {
        return Row.judged(
                "durable audit record of an actuation (" + bytes + " bytes), warm",
                "p50 ≤ " + MOST + " × a bare fsync",
                commits.inMicros() + ", " + Percentiles.ratio(commits.p50(), appends.p50()),
                "append and fsync of as many bytes, in turns, same directory: " + appends.inMicros(),
                commits.p50() <= MOST * appends.p50());
    }

    private static long append(FileChannel file, int bytes) throws IOException {
        var line = ByteBuffer.allocate(bytes);
        var at = file.size();
        while (line.hasRemaining()) {
            at += file.write(line, at);
        }
        file.force(false);
        return at;
    }

    private static int sizeOfOne(AuditLog log, Path directory) throws Exception {
        log.write(intent());
        var before = size(directory);
        log.write(intent());
        return (int) (size(directory) - before);
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static AuditEntry intent() {
        var arguments = Json.object().put("capability", "arm.pick");
        arguments.putObject("args").put("target", "red_cube");
        return AuditEntry.of(AuditEvent.TOOL_INTENT)
                .by(new AuditEntry.Actor("crd-0123456789", "measure", "actuate", List.of("stop"), "http", null))
                .withTask("tsk-0123456789abcdefghjkmnpqrs")
                .withAction(new AuditEntry.Action(
                        "cal-0123456789abcdefghjkmnpqrs", "robot", "execute_capability", "actuate", arguments))
                .withDecision(new AuditEntry.Decision("allow", "act", "ok"))
                .withBasis(new AuditEntry.Basis(1L, "0".repeat(64), "1".repeat(64), "0123456789ab"));
    }
}
