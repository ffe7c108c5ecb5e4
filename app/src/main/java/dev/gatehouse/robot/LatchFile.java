package dev.gatehouse.robot;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The latch as one line of JSON: {@code {"v":1,"latched":true,"latch_id","since","by","reason"}} or
 * {@code {"v":1,"latched":false,"cleared":…}}. Anything else in the file is unreadable, hence latched (D8.6, T15.1).
 */
record LatchFile(Path file) implements LatchStore {
    private static final int MAX_BYTES = 16_384;
    private static final Set<String> LATCHED = Set.of("v", "latched", "latch_id", "since", "by", "reason");
    private static final Set<String> OPEN = Set.of("v", "latched", "cleared");

    @Override
    public StoredLatch read() {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? new StoredLatch.Unreadable() : parse(Json.read(bytes));
        } catch (NoSuchFileException e) {
            return new StoredLatch.Open(Optional.empty());
        } catch (IOException | MalformedJsonException | DateTimeException e) {
            return new StoredLatch.Unreadable();
        }
    }

    @Override
    public void write(StoredLatch.Latched stored) throws IOException {
        var latch = stored.latch();
        write(Json.object()
                .put("v", 1)
                .put("latched", true)
                .put("latch_id", latch.latchId())
                .put("since", latch.since().toString())
                .put("by", latch.by())
                .put("reason", latch.reason()));
    }

    @Override
    public void write(StoredLatch.Open open) throws IOException {
        write(Json.object()
                .put("v", 1)
                .put("latched", false)
                .put("cleared", open.cleared().orElse("")));
    }

    private void write(JsonNode node) throws IOException {
        AtomicFile.write(file, (Json.line(node) + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
    }

    private static StoredLatch parse(JsonNode node) {
        var latched = node.path("latched");
        if (!latched.isBoolean() || !node.path("v").isInt() || node.path("v").intValue() != 1) {
            return new StoredLatch.Unreadable();
        }
        var names = new HashSet<String>();
        node.properties().forEach(e -> names.add(e.getKey()));
        if (!names.equals(latched.booleanValue() ? LATCHED : OPEN)) {
            return new StoredLatch.Unreadable();
        }
        for (var member : node.properties()) {
            if (!Set.of("v", "latched").contains(member.getKey())
                    && !member.getValue().isString()) {
                return new StoredLatch.Unreadable();
            }
        }
        if (!latched.booleanValue()) {
            return new StoredLatch.Open(
                    Optional.of(node.path("cleared").stringValue()).filter(id -> !id.isEmpty()));
        }
        return new StoredLatch.Latched(new LatchState(
                node.path("latch_id").stringValue(),
                Instant.parse(node.path("since").stringValue()),
                node.path("by").stringValue(),
                node.path("reason").stringValue()));
    }
}
