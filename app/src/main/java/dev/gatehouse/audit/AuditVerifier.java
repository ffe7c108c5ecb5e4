package dev.gatehouse.audit;

import dev.gatehouse.audit.LineCheck.Sound;
import dev.gatehouse.audit.LineCheck.Unsound;
import dev.gatehouse.audit.Lines.Line;
import dev.gatehouse.audit.Segments.Segment;
import dev.gatehouse.audit.Verification.Incomplete;
import dev.gatehouse.audit.Verification.Intact;
import dev.gatehouse.audit.Verification.Tampered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a log from its files and a public key alone: form, numbers, links and hashes of all records, and the signed head (D14.6, D14.8).
 *
 * <p>The head decides about the end. Records it covers must be there ({@code truncated}); records behind it, or half a line at the very end,
 * are incomplete; no head beside records is tampering, because a head is written before the first record. A key taken from the log's own
 * directory proves nothing against someone who can replace both: keep a copy of it elsewhere.
 */
public final class AuditVerifier {
    private final Path directory;
    private final Path publicKey;
    private final long from;

    /** The last record passed; nothing is known yet when the check starts inside the log. */
    private @Nullable Link last;

    private boolean began;
    private long records;
    private long earlierBytes;
    private boolean torn;
    private Optional<Head> head = Optional.empty();

    private AuditVerifier(Path directory, Path publicKey, long from) {
        this.directory = directory;
        this.publicKey = publicKey;
        this.from = from;
        this.last = from <= 1 ? Link.NONE : null;
    }

    /** The public key file that the log keeps beside itself. */
    public static Path publicKeyOf(Path directory) {
        return SigningKey.publicFile(directory);
    }

    /**
     * Checks a whole directory.
     *
     * @throws IOException if a file cannot be read
     */
    public static Verification verify(Path directory) throws IOException {
        return verify(directory, publicKeyOf(directory), 1);
    }

    /**
     * Checks a directory from one record on. What lies before it is taken as it is; a log that had to go on after damage is checked this way.
     *
     * @param publicKey a file as the log writes it
     * @param from number of the first record to check, from 1
     * @throws IOException if a file cannot be read
     */
    public static Verification verify(Path directory, Path publicKey, long from) throws IOException {
        return new AuditVerifier(directory, publicKey, from).run();
    }

    private Verification run() throws IOException {
        var segments = Segments.list(directory);
        var headFile = directory.resolve(Head.FILE);
        var hasHead = Files.exists(headFile);
        if (segments.isEmpty() && !hasHead) {
            return new Incomplete(0, 0, 0, "no_log");
        }
        var key = Files.exists(publicKey)
                ? SigningKey.readPublic(Files.readAllBytes(publicKey))
                : Optional.<PublicKey>empty();
        if (key.isPresent() && hasHead) {
            head = Head.read(Files.readAllBytes(headFile), key.get());
        }
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var isLast = i + 1 == segments.size();
            if (isLast || segments.get(i + 1).first() > from) {
                var bad = check(segment, isLast);
                if (bad.isPresent()) {
                    return bad.get();
                }
            }
            earlierBytes += Files.size(segment.file());
        }
        return judgeEnd(hasHead, key.isPresent());
    }

    private Optional<Tampered> check(Segment segment, boolean isLast) throws IOException {
        try (var lines = new Lines(segment.file(), 0)) {
            var number = 0L;
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                var place = segment.first() + number - 1;
                var at = expected();
                var what = line.get().whole() ? check(line.get(), place) : unfinished(isLast, place);
                if (what.isPresent()) {
                    return Optional.of(new Tampered(at, segment.name(), number, what.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> unfinished(boolean isLast, long place) {
        torn = isLast;
        return isLast || !wanted(place) ? Optional.empty() : Optional.of("torn_inside");
    }

    private Optional<String> check(Line line, long place) {
        return switch (LineCheck.of(line.bytes())) {
            case Unsound(var what) -> {
                last = null;
                yield wanted(place) ? Optional.of(what) : Optional.empty();
            }
            case Sound record -> {
                var what = wanted(record.link().seq()) ? fault(record, place, line.next()) : null;
                last = record.link();
                yield Optional.ofNullable(what);
            }
        };
    }

    /** Whether a line is among those to check: from the first one that is, all are. */
    private boolean wanted(long seq) {
        return began || seq >= from;
    }

    private @Nullable String fault(Sound record, long place, long end) {
        var link = record.link();
        if (link.seq() != expected()) {
            return "seq_gap";
        }
        if (last != null && !record.prev().equals(last.hash())) {
            return "prev_mismatch";
        }
        if (link.seq() != place) {
            return "wrong_file";
        }
        if (record.json().path("event").asString("").equals(AuditEvent.AUDIT_RECOVERED.wire())
                && record.json().path("recovered").has("damage")) {
            return "damage_recorded";
        }
        if (head.isPresent() && head.get().last().seq() == link.seq() && !matches(head.get(), link, end)) {
            return "head_mismatch";
        }
        began = true;
        records++;
        return null;
    }

    private boolean matches(Head signed, Link link, long end) {
        return signed.last().equals(link) && (from > 1 || signed.bytes() == earlierBytes + end);
    }

    /** Number of the next record to check. */
    private long expected() {
        return began && last != null ? last.seq() + 1 : Math.max(1, from);
    }

    private Verification judgeEnd(boolean hasHead, boolean hasKey) {
        var end = last == null ? 0 : last.seq();
        if (!hasHead) {
            return new Tampered(end, Head.FILE, 0, "head_missing");
        }
        if (!hasKey) {
            return new Tampered(end, String.valueOf(publicKey.getFileName()), 0, "key_invalid");
        }
        if (head.isEmpty()) {
            return new Tampered(end, Head.FILE, 0, "head_invalid");
        }
        var signed = head.get().last();
        if (signed.seq() > end) {
            return new Tampered(end + 1, Head.FILE, 0, "truncated");
        }
        if (signed.seq() == 0 && !(signed.equals(Link.NONE) && head.get().bytes() == 0)) {
            return new Tampered(0, Head.FILE, 0, "head_mismatch");
        }
        if (torn) {
            return new Incomplete(records, end, signed.seq(), "torn_last_record");
        }
        return signed.seq() < end
                ? new Incomplete(records, end, signed.seq(), "newer_than_head")
                : new Intact(records, end);
    }
}
