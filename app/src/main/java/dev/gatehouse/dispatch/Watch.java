package dev.gatehouse.dispatch;

import org.jspecify.annotations.Nullable;

/** One stream of the creating caller, from when it opens to when it ends. Used by one thread. */
public final class Watch implements AutoCloseable {
    private final @Nullable LiveTask task;
    private final Runnable onLost;
    private boolean over;

    Watch(@Nullable LiveTask task, Runnable onLost) {
        this.task = task;
        this.onLost = onLost;
    }

    /** A stream whose end means nothing. */
    static Watch ofNobody() {
        return new Watch(null, () -> {});
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
        if (!over && task != null && task.presence().leave() && !task.over().isDone()) {
            onLost.run();
        }
        over = true;
    }
}
