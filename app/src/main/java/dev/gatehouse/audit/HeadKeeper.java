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
 * <p>Each head costs the disk as much as a commit. Under load the disk therefore rests {@value #REST} times as long as the last head took before
 * the count of records asks for the next; the clock asks anyway. A head that cannot be written leaves the old one
 * valid and is tried again at the next signal.
 */
final class HeadKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

    private static final int REST = 9;

    private final AuditSettings settings;
    private final SigningKey key;
    private final Supplier<Position> position;
    private final Path file;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean closed;
    private volatile long signed;
    private volatile long restUntil;
    private boolean failing;

    HeadKeeper(AuditSettings settings, SigningKey key, Supplier<Position> position, long signed) {
        this.settings = settings;
        this.key = key;
        this.position = position;
        this.signed = signed;
        this.restUntil = settings.ticker().nanoTime();
        this.file = settings.directory().resolve(Head.FILE);
    }

    /** Asks for a new head because time has passed; returns at once. */
    void due() {
        signal.release();
    }

    /** Asks for a new head because enough records have come; ignored while the disk rests from the last head. Returns at once. */
    void dueByCount() {
        if (settings.ticker().nanoTime() - restUntil >= 0) {
            signal.release();
        }
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
        var ticker = settings.ticker();
        var started = ticker.nanoTime();
        var written = replaced(end);
        var ended = ticker.nanoTime();
        restUntil = ended + REST * (ended - started);
        if (written) {
            signed = end.link().seq();
        }
        failing = !written;
    }

    private boolean replaced(Position end) {
        try {
            var head = Head.sign(end.link(), end.bytes(), settings.clock().instant(), key);
            settings.disk().replace(file, head.file());
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("audit head cannot be written: {}", e.toString());
            }
            return false;
        }
    }
}
