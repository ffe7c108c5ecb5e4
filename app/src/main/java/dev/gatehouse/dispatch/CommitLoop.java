package dev.gatehouse.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the task store: takes everything that waits, commits it as one transaction, and only then tells
 * each waiter (D14.1). Entries of one task keep their order.
 *
 * <p>A disk that is full or broken delays events and loses none: what cannot be written is tried again until it can be, so
 * that the log of a running task has no gap and gets its result. Only the first event of a task fails at once, because an
 * order that cannot be recorded is refused.
 */
final class CommitLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);
    /** Entries in one transaction at most, so that the first waiter does not wait for a flood. */
    private static final int MAX_BATCH = 2048;
    /** Pause between two attempts on a disk that refuses. */
    private static final Duration RETRY = Duration.ofMillis(500);
    /** SQLite's primary result code for a row that contradicts another. */
    private static final int CONSTRAINT = 19;

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Transactions transactions;
    private final TaskWriter writer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    CommitLoop(Connection connection) throws SQLException {
        this.transactions = new Transactions(connection);
        this.writer = new TaskWriter(connection);
        this.thread = Thread.ofPlatform().name("task-store").start(this::run);
    }

    /** Queues a change; the future completes when it is on disk. */
    CompletableFuture<Void> submit(Change change) {
        var entry = new Entry(change, new CompletableFuture<>());
        queue.add(entry);
        if (ended) {
            refuseTheRest();
        }
        return entry.done;
    }

    private void run() {
        List<Entry> waiting = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                var next = waiting.isEmpty() ? queue.take() : queue.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    waiting.add(next);
                }
            } catch (InterruptedException e) {
                LOG.debug("task store: closing");
            }
            queue.drainTo(waiting, MAX_BATCH);
            if (!waiting.isEmpty()) {
                waiting = commit(waiting);
            }
        }
        waiting.forEach(entry -> fail(entry, new SQLException("the store was closed before it could write")));
        ended = true;
        refuseTheRest();
    }

    /** Commits what can be committed; returns what is to be tried again. */
    private List<Entry> commit(List<Entry> batch) {
        try {
            write(batch);
            return new ArrayList<>();
        } catch (SQLException | RuntimeException e) {
            // One bad entry must not take its neighbours with it.
            return oneByOne(batch);
        }
    }

    /** Nobody may wait for a writer that is gone. */
    private void refuseTheRest() {
        for (var entry = queue.poll(); entry != null; entry = queue.poll()) {
            entry.done.completeExceptionally(new StoreUnavailableException(new SQLException("the store is closed")));
        }
    }

    private List<Entry> oneByOne(List<Entry> batch) {
        var again = new ArrayList<Entry>();
        for (var entry : batch) {
            try {
                if (again.isEmpty()) {
                    write(List.of(entry));
                } else {
                    postpone(entry, again, new SQLException("an earlier event waits"));
                }
            } catch (SQLException e) {
                if ((e.getErrorCode() & 0xff) == CONSTRAINT) {
                    fail(entry, e);
                } else {
                    LOG.error("task store: cannot write ({}); trying again", e.getMessage());
                    postpone(entry, again, e);
                }
            } catch (RuntimeException e) {
                // Not the disk, but what was asked: it contradicts what is there, which stays (D1.4).
                LOG.error("task store: a change was refused", e);
                fail(entry, e);
            }
        }
        return again;
    }

    private void write(List<Entry> entries) throws SQLException {
        var changes = entries.stream().map(Entry::change).toList();
        var _ = transactions.run(() -> {
            writer.write(changes);
            return true;
        });
        entries.forEach(entry -> entry.done.complete(null));
    }

    private static void postpone(Entry entry, List<Entry> again, SQLException cause) {
        if (entry.change instanceof Change.Append append && append.event().type() == EventType.ACCEPTED) {
            fail(entry, cause);
        } else {
            again.add(entry);
        }
    }

    private static void fail(Entry entry, Exception cause) {
        entry.done.completeExceptionally(new StoreUnavailableException(cause));
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One change and who waits for it. */
    private record Entry(Change change, CompletableFuture<Void> done) {}
}
