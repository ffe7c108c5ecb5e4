package dev.gatehouse.manifest;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ROBOT.md on disk, read afresh on every call (robot-md.md 8.9). There is no watcher; identical bytes are not parsed again.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ManifestFile {
    /** Bridges a writer that truncates the file before it writes it. */
    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private final Path path;
    private final Ticker ticker;
    private volatile @Nullable Manifest last;
    private volatile @Nullable Judged judged;

    public ManifestFile(Path path, Ticker ticker) {
        this.path = path;
        this.ticker = ticker;
    }

    private record Judged(String sha256, Validation validation) {}

    /** What is right and wrong with a manifest that this file gave; the same content is not judged twice in a row. */
    public Validation validate(Manifest manifest) {
        var known = judged;
        if (known == null || !known.sha256().equals(manifest.sha256())) {
            known = new Judged(manifest.sha256(), Validator.validate(manifest));
            judged = known;
        }
        return known.validation();
    }

    /** The path as configured; never to be shown to a client. */
    public Path path() {
        return path;
    }

    /** Reads and parses the file as it is now; if it does not parse, once more 50 ms later. */
    public Reading read() {
        var reading = readOnce();
        if (reading.isEmpty()) {
            return new Unreadable(Unreadable.NOT_READABLE);
        }
        if (reading.get() instanceof Unreadable && paused()) {
            return readOnce().orElseGet(() -> new Unreadable(Unreadable.NOT_READABLE));
        }
        return reading.get();
    }

    private Optional<Reading> readOnce() {
        return bytes(path).map(this::parse);
    }

    private Reading parse(byte[] bytes) {
        var known = last;
        if (known != null && known.sha256().equals(CanonicalJson.sha256(bytes))) {
            return known;
        }
        var reading = ManifestParser.parse(bytes);
        if (reading instanceof Manifest manifest) {
            last = manifest;
        }
        return reading;
    }

    /** The file's content, cut off just above the largest acceptable size; empty if there is no regular file to read. */
    static Optional<byte[]> bytes(Path path) {
        // A pipe or a device would block, and no manifest is one.
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(path)) {
            return Optional.of(in.readNBytes(ManifestParser.MAX_BYTES + 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Waits for a writer to finish; false if this thread was told to stop instead. */
    private boolean paused() {
        try {
            ticker.sleep(RETRY_AFTER);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
