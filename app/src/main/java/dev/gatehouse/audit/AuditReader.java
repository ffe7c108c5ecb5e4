package dev.gatehouse.audit;

import dev.gatehouse.audit.Segments.Segment;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads records of a directory by number, beside a running log or without one. It looks records up and does not check them; that is
 * {@link AuditVerifier}'s task.
 */
public final class AuditReader {
    /** Most records one {@link #read} returns. */
    public static final int MAX_READ = 1000;

    /** Below this distance lines are read one after the other instead of halving further. */
    private static final long NEAR = 1 << 16;

    private final Path directory;

    public AuditReader(Path directory) {
        this.directory = directory;
    }

    /**
     * Records with numbers greater than {@code after}, in order. Lines that are no JSON are left out.
     *
     * @param limit at most this many, and at most {@value #MAX_READ}
     * @throws IOException if the directory or a segment cannot be read
     */
    public List<JsonNode> read(long after, int limit) throws IOException {
        return read(after, limit, Long.MAX_VALUE);
    }

    /**
     * The newest records, in order.
     *
     * @param count at most this many, and at most {@value #MAX_READ}
     * @throws IOException if the directory or a segment cannot be read
     */
    public List<JsonNode> last(int count) throws IOException {
        var segments = Segments.list(directory);
        if (segments.isEmpty() || count <= 0) {
            return List.of();
        }
        var end = segments.getLast().first() - 1;
        try (var lines = new Lines(segments.getLast().file(), seek(segments.getLast(), Long.MAX_VALUE))) {
            for (var line = lines.next(); line.isPresent() && line.get().whole(); line = lines.next()) {
                end = parse(line.get().bytes()).map(AuditReader::seq).orElse(end);
            }
        }
        return read(Math.max(0, end - Math.min(count, MAX_READ)), count);
    }

    /** As {@link #read(long, int)}, and no record beyond {@code last}. */
    List<JsonNode> read(long after, int limit, long last) throws IOException {
        var found = new ArrayList<JsonNode>();
        var most = Math.min(limit, MAX_READ);
        if (most > 0) {
            scan(after + 1, record -> {
                if (seq(record) <= last) {
                    found.add(record);
                }
                return found.size() < most && seq(record) < last;
            });
        }
        return found;
    }

    /**
     * Tool calls that began and are not known to have ended, from the given record on (D1.6): their effect is unknown unless they run now.
     *
     * @param from number of the first record looked at, from 1
     * @throws IOException if the directory or a segment cannot be read
     */
    public OpenIntents openIntents(long from) throws IOException {
        var intents = new OpenIntents.Collector();
        scan(from, OpenIntents.Collector::concerns, record -> {
            intents.see(record);
            return true;
        });
        return intents.result();
    }

    /** The record with the given number as it is in the file. */
    Optional<JsonNode> find(long seq) throws IOException {
        return read(seq - 1, 1, seq).stream().findFirst();
    }

    private void scan(long from, Predicate<JsonNode> more) throws IOException {
        scan(from, line -> true, more);
    }

    /** Hands over the records from the given number on until {@code more} says no; {@code wanted} spares parsing the rest. */
    private void scan(long from, Predicate<String> wanted, Predicate<JsonNode> more) throws IOException {
        var segments = Segments.list(directory);
        for (var i = 0; i < segments.size(); i++) {
            if (i + 1 < segments.size() && segments.get(i + 1).first() <= from) {
                continue;
            }
            if (!scan(segments.get(i), from, wanted, more)) {
                return;
            }
        }
    }

    private static boolean scan(Segment segment, long from, Predicate<String> wanted, Predicate<JsonNode> more)
            throws IOException {
        try (var lines = new Lines(segment.file(), seek(segment, from))) {
            for (var line = lines.next(); line.isPresent() && line.get().whole(); line = lines.next()) {
                var text = new String(line.get().bytes(), StandardCharsets.UTF_8);
                var record = wanted.test(text) ? parse(line.get().bytes()) : Optional.<JsonNode>empty();
                if (record.isPresent() && seq(record.get()) >= from && !more.test(record.get())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Start of a line at or before the record with the given number, found by halving because lines are in order of their numbers. */
    private static long seek(Segment segment, long from) throws IOException {
        var low = 0L;
        var high = Files.size(segment.file());
        while (from > segment.first() && high - low > NEAR) {
            var middle = low + (high - low) / 2;
            var probe = lineAfter(segment, middle, high);
            if (probe.isPresent() && probe.get().seq() < from) {
                low = probe.get().offset();
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Optional<Probe> lineAfter(Segment segment, long offset, long end) throws IOException {
        try (var lines = new Lines(segment.file(), offset)) {
            lines.next();
            for (var line = lines.next(); line.isPresent() && line.get().offset() < end; line = lines.next()) {
                var record = parse(line.get().bytes());
                if (record.isPresent()) {
                    return Optional.of(new Probe(seq(record.get()), line.get().offset()));
                }
            }
            return Optional.empty();
        }
    }

    private record Probe(long seq, long offset) {}

    private static Optional<JsonNode> parse(byte[] line) {
        try {
            var node = Json.read(line);
            return seq(node) > 0 ? Optional.of(node) : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static long seq(JsonNode record) {
        var seq = record.path("seq");
        return seq.isIntegralNumber() && seq.canConvertToLong() ? seq.longValue() : 0;
    }
}
