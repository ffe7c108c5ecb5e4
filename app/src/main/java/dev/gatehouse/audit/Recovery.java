package dev.gatehouse.audit;

import dev.gatehouse.audit.Segments.Segment;
import dev.gatehouse.audit.Tail.End;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the end of the chain when a log is opened (D14.9).
 *
 * <p>What a crash can leave is moved aside to a {@code .torn} file and the chain continues in the same segment. Anything else is damage:
 * nothing of it is touched, {@code broken.json} keeps what was found with the old head, and the chain continues in a new segment after the
 * highest number the log or its head ever named, so that a later {@code audit verify} finds the gap as well.
 */
final class Recovery {
    /** While this file exists the log is {@link AuditHealth.State#BROKEN}; a person removes it after looking into the damage. */
    static final String MARKER = "broken.json";

    private final AuditSettings settings;
    private final Path directory;
    private final List<Segment> segments;

    private Recovery(AuditSettings settings) throws IOException {
        this.settings = settings;
        this.directory = settings.directory();
        this.segments = Segments.list(directory);
    }

    /**
     * Where to go on.
     *
     * @param last the record to link to
     * @param segment the writer, behind the last whole record
     * @param signed number of the last record that needs no new head
     * @param report what an {@code audit_recovered} record has to tell, if anything
     */
    record Start(
            SigningKey key,
            Link last,
            SegmentWriter segment,
            long signed,
            Optional<ObjectNode> report,
            boolean broken) {}

    /**
     * Prepares a directory for appending.
     *
     * @throws IOException if it cannot be read or written, or its key files are missing, malformed or too open
     */
    static Start run(AuditSettings settings) throws IOException {
        var recovery = new Recovery(settings);
        var headFile = settings.directory().resolve(Head.FILE);
        if (recovery.segments.isEmpty() && !Files.exists(headFile)) {
            var key = SigningKey.create(settings.directory(), settings.disk());
            var head = Head.sign(Link.NONE, 0, settings.clock().instant(), key);
            settings.disk().replace(headFile, head.file());
            return recovery.start(key, Link.NONE, Segments.starting(settings.directory(), 1), 0, 0, Optional.empty());
        }
        var key = SigningKey.load(settings.directory());
        var raw = Files.exists(headFile) ? Files.readAllBytes(headFile) : new byte[0];
        return recovery.existing(key, raw, Head.read(raw, key.open()));
    }

    private Start existing(SigningKey key, byte[] rawHead, Optional<Head> head) throws IOException {
        var found = tail();
        var damage = damage(found, head);
        if (damage.isPresent()) {
            return damaged(key, damage.get(), rawHead, found.last, head.map(Head::last));
        }
        var current = segments.isEmpty() ? Segments.starting(directory, 1) : segments.getLast();
        var report = found.tail.end() == End.TORN
                ? Optional.of(moveAside(current, found.tail))
                : Optional.<ObjectNode>empty();
        return start(
                key,
                found.last,
                current,
                found.tail.durable(),
                head.orElseThrow().last().seq(),
                report);
    }

    /** The end of the last segment, and the last record, which is in the segment before if the last one has none yet. */
    private record Found(Tail tail, Link last, boolean joined) {}

    private Found tail() throws IOException {
        if (segments.isEmpty()) {
            return new Found(new Tail(Optional.empty(), 0, 0, End.WHOLE), Link.NONE, true);
        }
        var current = segments.getLast();
        var tail = Tail.of(current);
        if (tail.last().isPresent()) {
            return new Found(tail, tail.last().get(), true);
        }
        if (segments.size() == 1) {
            return new Found(tail, Link.NONE, current.first() == 1);
        }
        var before = Tail.of(segments.get(segments.size() - 2));
        var last = before.last().orElse(Link.NONE);
        return new Found(tail, last, before.end() == End.WHOLE && current.first() == last.seq() + 1);
    }

    private Optional<String> damage(Found found, Optional<Head> head) throws IOException {
        if (head.isEmpty()) {
            return Optional.of("head_invalid");
        }
        if (found.tail.end() == End.DAMAGED || !found.joined) {
            return Optional.of("chain_broken");
        }
        var signed = head.get().last();
        if (signed.seq() > found.last.seq()) {
            return Optional.of("truncated");
        }
        var there = signed.seq() == 0
                ? Optional.of(Link.NONE.hash())
                : new AuditReader(directory)
                        .find(signed.seq())
                        .map(record -> record.path("hash").asString(""));
        return there.equals(Optional.of(signed.hash())) ? Optional.empty() : Optional.of("head_mismatch");
    }

    private ObjectNode moveAside(Segment segment, Tail tail) throws IOException {
        byte[] torn;
        try (var in = Files.newInputStream(segment.file())) {
            in.skipNBytes(tail.durable());
            torn = in.readAllBytes();
        }
        var aside = segment.name() + "." + settings.boot() + ".torn";
        settings.disk().replace(directory.resolve(aside), torn);
        try (var file = settings.disk().open(segment.file())) {
            file.truncate(tail.durable());
            file.force();
        }
        return Json.object()
                .put("file", segment.name())
                .put("offset", tail.durable())
                .put("bytes", torn.length)
                .put("sha256", CanonicalJson.sha256(torn))
                .put("moved_to", aside);
    }

    private Start damaged(SigningKey key, String damage, byte[] rawHead, Link last, Optional<Link> signed)
            throws IOException {
        var marker = directory.resolve(MARKER);
        var report = Json.object().put("damage", damage).put("last_seq", last.seq());
        signed.ifPresent(link -> report.put("head_seq", link.seq()));
        if (!Files.exists(marker)) {
            var content = report.deepCopy()
                    .put("ts", Draft.time(settings.clock().instant()))
                    .put("head", new String(rawHead, StandardCharsets.UTF_8));
            settings.disk().replace(marker, (Json.pretty(content) + '\n').getBytes(StandardCharsets.UTF_8));
        }
        var highest = signed.filter(link -> link.seq() > last.seq()).orElse(last);
        var named = segments.isEmpty() ? 0 : segments.getLast().first();
        var from = named > highest.seq() ? new Link(named, Link.NONE.hash()) : highest;
        return start(key, from, Segments.starting(directory, from.seq() + 1), 0, from.seq(), Optional.of(report));
    }

    private Start start(
            SigningKey key, Link last, Segment segment, long durable, long signed, Optional<ObjectNode> report)
            throws IOException {
        var earlier = 0L;
        for (var other : segments) {
            if (!other.equals(segment)) {
                earlier += Files.size(other.file());
            }
        }
        var writer = new SegmentWriter(directory, settings.disk(), segment, durable, earlier);
        return new Start(key, last, writer, signed, report, Files.exists(directory.resolve(MARKER)));
    }
}
