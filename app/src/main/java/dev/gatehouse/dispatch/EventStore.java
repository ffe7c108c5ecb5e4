package dev.gatehouse.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the log of a task is kept; apart from {@link TaskStore}, so that a million endings can be tried without a disk (B11). */
interface EventStore {
    /** Queues a change; completes when it is durable, exceptionally if it cannot be. */
    CompletableFuture<Void> write(Change change);

    /**
     * Up to {@code limit} events of a task with a number above {@code after}; fewer if they are long.
     *
     * @throws StoreUnavailableException if they cannot be read
     */
    List<TaskEvent> events(String taskId, long after, int limit) throws StoreUnavailableException;
}
