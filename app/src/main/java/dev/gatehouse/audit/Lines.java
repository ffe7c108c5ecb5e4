package dev.gatehouse.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a segment line by line from any byte on, with bounded memory whatever is in the file. */
final class Lines implements Closeable {
    /** Longest line a record can have, in bytes; of longer ones only this much and one byte more is kept, which no check accepts. */
    static final int MAX_LINE = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long offset;

    /** Reads from the given offset on, which must be the start of a line. */
    Lines(Path file, long offset) throws IOException {
        this.in = Files.newInputStream(file);
        this.offset = offset;
        in.skipNBytes(offset);
    }

    /**
     * One line.
     *
     * @param bytes without the line feed
     * @param offset of its first byte in the file
     * @param whole whether a line feed ends it
     * @param next offset behind it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from the reader to one user, never compared
    record Line(byte[] bytes, long offset, boolean whole, long next) {}

    /** The next line, or none at the end of the file. */
    Optional<Line> next() throws IOException {
        var start = offset;
        var line = new ByteArrayOutputStream(1024);
        while (at < filled || fill()) {
            var end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, Math.min(end - at, MAX_LINE + 1 - line.size()));
            offset += end - at;
            at = end;
            if (at < filled) {
                at++;
                offset++;
                return Optional.of(new Line(line.toByteArray(), start, true, offset));
            }
        }
        return offset == start ? Optional.empty() : Optional.of(new Line(line.toByteArray(), start, false, offset));
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
