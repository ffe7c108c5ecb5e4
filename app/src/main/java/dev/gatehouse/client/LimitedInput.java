package dev.gatehouse.client;

import java.io.IOException;
import java.io.InputStream;

/** So many bytes of a connection; fewer mean that it broke. */
final class LimitedInput extends InputStream {
    private final InputStream in;
    private long left;

    LimitedInput(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        var b = in.read();
        if (b < 0) {
            throw new IOException("the answer ended early");
        }
        left--;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        var read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new IOException("the answer ended early");
        }
        left -= read;
        return read;
    }
}
