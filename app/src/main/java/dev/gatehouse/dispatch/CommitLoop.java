package dev.gatehouse.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one writer of the task store: takes everything that waits, commits it as one transaction, and only then tells
 * each waiter (D14.1). Entries of one task keep their order.
 */
final class CommitLoop implements AutoCloseable {
    /** Entries in one transaction at most, so that the first waiter does not wait for a flood. */
    private static final int MAX_BATCH = 2048;

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Connection connection;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    CommitLoop(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        this.thread = Thread.ofPlatform().name("task-store").start(this::run);
    }

    /** Queues one event and the task as it stands after it; the future completes when both are on disk. */
    CompletableFuture<Void> submit(Task after, TaskEvent event) {
        var entry = new Entry(after, event, new CompletableFuture<>());
        queue.add(entry);
        if (ended) {
            refuseTheRest();
        }
        return entry.done;
    }

    private void run() {
        var batch = new ArrayList<Entry>();
        while (!closing || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue;
            }
            queue.drainTo(batch, MAX_BATCH - 1);
            commit(batch);
            batch.clear();
        }
        ended = true;
        refuseTheRest();
    }

    /** Nobody may wait for a writer that is gone. */
    private void refuseTheRest() {
        for (var entry = queue.poll(); entry != null; entry = queue.poll()) {
            entry.done.completeExceptionally(new StoreUnavailableException(new SQLException("the store is closed")));
        }
    }

    private void commit(List<Entry> batch) {
        try {
            TaskRows.write(connection, batch);
            connection.commit();
            batch.forEach(entry -> entry.done.complete(null));
        } catch (SQLException | RuntimeException e) {
            rollBack();
            if (batch.size() == 1) {
                batch.getFirst().done.completeExceptionally(new StoreUnavailableException(e));
            } else {
                // One bad entry must not take its neighbours with it.
                batch.forEach(entry -> commit(List.of(entry)));
            }
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(CommitLoop.class).error("task store: roll-back failed", e);
        }
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

    /** One event with the task it leads to. */
    record Entry(Task after, TaskEvent event, CompletableFuture<Void> done) {}
}
