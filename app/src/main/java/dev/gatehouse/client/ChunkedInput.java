package dev.gatehouse.client;

import java.io.IOException;
import java.io.InputStream;

/** A body of unknown length, which comes in pieces that say how long they are (RFC 9112 section 7.1). */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private InputStream piece = InputStream.nullInputStream();
    private boolean begun;
    private boolean over;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        while (!over) {
            var b = piece.read();
            if (b >= 0) {
                return b;
            }
            next();
        }
        return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!over) {
            var read = piece.read(bytes, offset, length);
            if (read >= 0) {
                return read;
            }
            next();
        }
        return -1;
    }

    private void next() throws IOException {
        if (begun && !LocalSocket.line(in).isEmpty()) {
            throw new ProtocolException("a piece of the answer is longer than it says");
        }
        begun = true;
        var size = LocalSocket.line(in).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new ProtocolException("a piece of the answer does not say how long it is");
        }
        var length = Long.parseLong(size, 16);
        over = length == 0;
        piece = new LimitedInput(in, length);
    }
}
