package dev.gatehouse.audit;

import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Where and how a log is written.
 *
 * @param directory created with mode 0700 if it is missing
 * @param boot id of this run of the program ({@code b-…}), on every record
 * @param redact applied to every free value before it is hashed; the last line of defence, not the first (threats.md T8.1)
 * @param rotateBytes size from which the next records start a new file
 * @param noteBytes bytes of notes that may wait for the disk; more are lost and counted
 */
public record AuditSettings(
        Path directory,
        String boot,
        Clock clock,
        Ticker ticker,
        UnaryOperator<JsonNode> redact,
        AuditDisk disk,
        long rotateBytes,
        long noteBytes) {
    /** How long a write may take before it counts as failed (D14.7). */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How often the head is signed at least, and the disk probed while it fails (D14.6). */
    public static final Duration HEAD_INTERVAL = Duration.ofSeconds(1);

    /** After how many records a new head is asked for, unless the disk rests from the last one (D14.6). */
    public static final int HEAD_RECORDS = 100;

    /** What one write to the file may hold; bounds the time between two forces. */
    static final int BATCH_BYTES = 1 << 20;

    /** The settings of a real host: no redaction, files of 64 MiB, 16 MiB of waiting notes. */
    public static AuditSettings of(Path directory, String boot) {
        return new AuditSettings(
                directory,
                boot,
                Clock.systemUTC(),
                Ticker.system(),
                UnaryOperator.identity(),
                AuditDisk.real(),
                64L << 20,
                16L << 20);
    }

    public AuditSettings withTime(Clock newClock, Ticker newTicker) {
        return new AuditSettings(directory, boot, newClock, newTicker, redact, disk, rotateBytes, noteBytes);
    }

    public AuditSettings withRedaction(UnaryOperator<JsonNode> newRedact) {
        return new AuditSettings(directory, boot, clock, ticker, newRedact, disk, rotateBytes, noteBytes);
    }

    public AuditSettings withDisk(AuditDisk newDisk) {
        return new AuditSettings(directory, boot, clock, ticker, redact, newDisk, rotateBytes, noteBytes);
    }

    public AuditSettings withRotateBytes(long newRotateBytes) {
        return new AuditSettings(directory, boot, clock, ticker, redact, disk, newRotateBytes, noteBytes);
    }

    public AuditSettings withNoteBytes(long newNoteBytes) {
        return new AuditSettings(directory, boot, clock, ticker, redact, disk, rotateBytes, newNoteBytes);
    }
}
