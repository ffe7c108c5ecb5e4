package dev.gatehouse.audit;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Logs and entries for tests. */
final class Logs {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC);

    private Logs() {}

    static AuditSettings settings(Path directory) {
        return AuditSettings.of(directory, "b-test").withTime(CLOCK, new ManualTicker());
    }

    /** An entry that is recognised by its task. */
    static AuditEntry entry(String task) {
        return AuditEntry.of(AuditEvent.TASK_CREATED).withTask(task);
    }

    static AuditEntry call(AuditEvent event, String task, String call) {
        return AuditEntry.of(event)
                .withTask(task)
                .withAction(new AuditEntry.Action(call, "robot", "execute_capability", "actuate", Json.object()));
    }

    /** A closed log with one record per task. */
    static void write(AuditSettings settings, List<String> tasks) throws Exception {
        try (var log = AuditLog.open(settings)) {
            for (var task : tasks) {
                log.write(entry(task));
            }
        }
    }

    static List<String> tasks(List<JsonNode> records) {
        return records.stream().map(record -> record.path("task").asString("")).toList();
    }

    static List<String> events(List<JsonNode> records) {
        return records.stream().map(record -> record.path("event").asString("")).toList();
    }

    static List<JsonNode> records(Path directory) throws IOException {
        return new AuditReader(directory).read(0, AuditReader.MAX_READ);
    }

    /** A copy of the directory, as a crash would leave it. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }
}
