package dev.gatehouse.audit;

import dev.gatehouse.audit.Committer.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code head.json} close to the end of the log, on a thread of its own so that no durable write waits for it (D14.6).
 *
 * <p>Signals that arrive while a head is being written are answered by one more head. A head that cannot be written leaves the old one
 * valid and is tried again at the next signal.
 */
final class HeadKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

    private final AuditSettings settings;
    private final SigningKey key;
    private final Supplier<Position> position;
    private final Path file;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean closed;
    private volatile long signed;
    private boolean failing;

    HeadKeeper(AuditSettings settings, SigningKey key, Supplier<Position> position, long signed) {
        this.settings = settings;
        this.key = key;
        this.position = position;
        this.signed = signed;
        this.file = settings.directory().resolve(Head.FILE);
    }

    /** Asks for a new head; returns at once. */
    void due() {
        signal.release();
    }

    /** Asks for a last head, after which the thread ends. */
    void close() {
        closed = true;
        signal.release();
    }

    /** Number of the last record under a head. */
    long signed() {
        return signed;
    }

    @Override
    public void run() {
        var last = false;
        while (!last) {
            signal.acquireUninterruptibly();
            signal.drainPermits();
            last = closed;
            var end = position.get();
            if (end.link().seq() > signed) {
                write(end);
            }
        }
    }

    private void write(Position end) {
        try {
            var head = Head.sign(end.link(), end.bytes(), settings.clock().instant(), key);
            settings.disk().replace(file, head.file());
            signed = end.link().seq();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("audit head cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }
}
