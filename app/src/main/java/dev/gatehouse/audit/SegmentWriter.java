package dev.gatehouse.audit;

import dev.gatehouse.audit.Segments.Segment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The segment that grows. Used by the writer thread only.
 *
 * <p>After any error the file is closed, and before the next attempt it is opened again and cut back to what was acknowledged: after a
 * failed force the kernel may call pages clean that never reached the disk, so they are written anew, never forced anew.
 */
final class SegmentWriter implements Closeable {
    private final Path directory;
    private final AuditDisk disk;
    private Segment segment;
    private @Nullable AppendFile file;
    private long durable;
    private long earlier;

    /**
     * @param durable length of the segment up to its last whole record
     * @param earlier length of all segments before it
     */
    SegmentWriter(Path directory, AuditDisk disk, Segment segment, long durable, long earlier) {
        this.directory = directory;
        this.disk = disk;
        this.segment = segment;
        this.durable = durable;
        this.earlier = earlier;
    }

    /** Length of the current segment. */
    long length() {
        return durable;
    }

    /** Length of the whole log. */
    long total() {
        return earlier + durable;
    }

    /** Whether the next record is the first of a segment that follows another one. */
    boolean continues() {
        return durable == 0 && segment.first() > 1;
    }

    /** Goes on in a new segment whose first record has the given number; it is created by the next {@link #write}. */
    void rotate(long first) throws IOException {
        close();
        earlier += durable;
        durable = 0;
        segment = Segments.starting(directory, first);
    }

    /** Appends and forces; after an error nothing of it counts as written. */
    void write(ByteBuffer lines) throws IOException {
        var length = lines.remaining();
        try {
            var open = file == null ? reopen() : file;
            open.append(lines);
            open.force();
            durable += length;
        } catch (IOException e) {
            rollBack(e);
            throw e;
        }
    }

    private AppendFile reopen() throws IOException {
        var opened = disk.open(segment.file());
        file = opened;
        var size = opened.size();
        if (size < durable) {
            throw new IOException("segment is shorter than what was acknowledged");
        }
        if (size > durable) {
            opened.truncate(durable);
        }
        return opened;
    }

    /** Takes the rest of the failed write out of the readers' sight if the disk lets us; {@link #reopen} insists on it. */
    private void rollBack(IOException cause) {
        var failed = file;
        file = null;
        if (failed == null) {
            return;
        }
        try (failed) {
            if (failed.size() > durable) {
                failed.truncate(durable);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
