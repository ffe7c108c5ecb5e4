package dev.gatehouse.mcp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Lines of bytes from a stream, none longer than a limit. */
public final class Lines {
    /** Longest message taken in, in bytes: the largest arguments of a tool are 64 KiB. */
    public static final int MAX_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] chunk = new byte[16_384];
    private byte[] line = new byte[1_024];
    private int next;
    private int filled;
    private final int most;

    public Lines(InputStream in) {
        this(in, MAX_BYTES);
    }

    /** Lines of another length at most, in bytes. */
    public Lines(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** A line without its end. */
    public sealed interface Line {
        /** One that fits; what a file ended without a line end counts as one too. */
        record Whole(ByteBuffer bytes) implements Line {}

        /** One that was longer; it was thrown away to its end. */
        record TooLong() implements Line {}
    }

    /**
     * The next line that is not blank.
     *
     * @return empty at the end of the stream
     */
    public Optional<Line> next() throws IOException {
        var length = 0;
        var tooLong = false;
        while (true) {
            if (next == filled && !fill()) {
                return length == 0 && !tooLong ? Optional.empty() : Optional.of(line(length, tooLong));
            }
            var end = lineEnd();
            if (!tooLong && length + end - next > most) {
                tooLong = true;
            }
            if (!tooLong) {
                length = keep(length, end);
            }
            next = end;
            if (next < filled) {
                next++;
                if (tooLong || !blank(length)) {
                    return Optional.of(line(length, tooLong));
                }
                length = 0;
            }
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        filled = Math.max(0, in.read(chunk));
        return filled > 0;
    }

    /** Where the line that begins at {@code next} ends within what is here. */
    private int lineEnd() {
        var end = next;
        while (end < filled && chunk[end] != '\n') {
            end++;
        }
        return end;
    }

    private int keep(int length, int end) {
        var needed = length + end - next;
        if (needed > line.length) {
            line = Arrays.copyOf(line, Math.max(needed, line.length * 2));
        }
        System.arraycopy(chunk, next, line, length, end - next);
        return needed;
    }

    private boolean blank(int length) {
        for (var i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Line line(int length, boolean tooLong) {
        return tooLong ? new Line.TooLong() : new Line.Whole(ByteBuffer.wrap(Arrays.copyOf(line, length)));
    }
}
