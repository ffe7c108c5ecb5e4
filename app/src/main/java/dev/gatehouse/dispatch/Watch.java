package dev.gatehouse.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of the creating caller, from when it opens to when it ends. Used by one thread. */
public final class Watch implements AutoCloseable {
    private final @Nullable LiveTask task;
    private final Consumer<CompletableFuture<Void>> onLost;
    private boolean over;

    /**
     * A stream that has just opened.
     *
     * @param onLost told when the caller is lost; what it is given completes when the caller is back
     */
    Watch(@Nullable LiveTask task, Consumer<CompletableFuture<Void>> onLost) {
        this.task = task;
        this.onLost = onLost;
    }

    /** A stream whose end means nothing. */
    static Watch ofNobody() {
        return new Watch(null, back -> {});
    }

    /** Ends it in order: the caller was answered and knows that the task goes on. */
    public void release() {
        if (!over && task != null) {
            task.presence().release();
        }
        over = true;
    }

    /** Ends it; if it was the last one and the task is not over, the caller counts as lost (section 11). */
    @Override
    public void close() {
        if (!over && task != null) {
            var watched = task;
            watched.presence().leave().filter(back -> !watched.over().isDone()).ifPresent(onLost);
        }
        over = true;
    }
}
