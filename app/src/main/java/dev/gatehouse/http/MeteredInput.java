package dev.gatehouse.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection on their way to the parser, with a bound where the parser has none: it holds a whole chunk in
 * memory before it hands out the first byte of it, and a chunk may say that it has two billion (threats.md T12.1).
 */
final class MeteredInput implements Supplier<byte @Nullable []> {
    private static final long NO_BOUND = Long.MAX_VALUE;

    private final DataReader source;
    private volatile long left = NO_BOUND;

    MeteredInput(DataReader source) {
        this.source = source;
    }

    /** Lets so many bytes through from now on. */
    void allow(long bytes) {
        left = bytes;
    }

    /** Takes the bound away. */
    void allowAll() {
        left = NO_BOUND;
    }

    /**
     * The next bytes; null when the peer has ended.
     *
     * @throws TooMuchException if there are more than are let through
     */
    @Override
    public byte @Nullable [] get() {
        try {
            source.ensureAvailable();
        } catch (InsufficientDataAvailableException e) {
            return null;
        }
        var bytes = source.readBytes(source.available());
        var bound = left;
        if (bound < bytes.length) {
            throw new TooMuchException();
        }
        if (bound != NO_BOUND) {
            left = bound - bytes.length;
        }
        return bytes;
    }

    /** More came than was let through. */
    static final class TooMuchException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchException() {
            super("more bytes than are let through", null, false, false);
        }
    }
}
