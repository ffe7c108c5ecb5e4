package dev.gatehouse.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * The numbered log of one living task: events get their number here, go to disk, and are shown only once they are there
 * (D4.2). Followers read it by number, so a slow one never slows the task, and none misses an event.
 */
final class TaskLog {
    /** Recent events kept in memory; a follower that is further behind reads from the store. */
    private static final int RECENT = 512;

    private final TaskStore store;
    private final Clock clock;
    private final Deque<TaskEvent> recent = new ArrayDeque<>();
    private final Deque<Delta> deltas = new ArrayDeque<>();
    private Task task;
    private long committed;
    private long lastDelta;
    private boolean failed;

    TaskLog(TaskStore store, Clock clock, Task task) {
        this.store = store;
        this.clock = clock;
        this.task = task;
    }

    /** The task as it stands after the latest event, durable or not. */
    synchronized Task task() {
        return task;
    }

    /**
     * Adds one event.
     *
     * @return completes when the event is durable and visible, exceptionally when it cannot be written
     */
    synchronized CompletableFuture<Void> append(EventType type, ObjectNode members) {
        if (task.state().terminal()) {
            // After the result nothing follows; what comes late is not part of the task (D4.2).
            return CompletableFuture.completedFuture(null);
        }
        var event = new TaskEvent(task.id(), task.lastSeq() + 1, clock.instant(), type, members);
        task = task.apply(event);
        return store.append(task, event).whenComplete((done, failure) -> published(event, failure != null));
    }

    /** Text as the model writes it: shown to whoever looks now, never stored. */
    synchronized void delta(int turn, String text) {
        deltas.add(new Delta(++lastDelta, committed, turn, text));
        if (deltas.size() > RECENT) {
            deltas.remove();
        }
        notifyAll();
    }

    private synchronized void published(TaskEvent event, boolean failure) {
        failed |= failure;
        if (!failure) {
            committed = event.seq();
            recent.add(event);
            if (recent.size() > RECENT) {
                recent.remove();
            }
        }
        notifyAll();
    }

    /** Whether an event could not be written; nothing of this log is acknowledged from then on. */
    synchronized boolean failed() {
        return failed;
    }

    /** Whether every event there will ever be is visible. */
    synchronized boolean complete() {
        return failed || (task.state().terminal() && committed == task.lastSeq());
    }

    /** Visible events with a number above {@code after}, oldest first, at most {@code limit}. */
    List<TaskEvent> after(long after, int limit) throws StoreUnavailableException {
        synchronized (this) {
            if (after >= committed) {
                return List.of();
            }
            var first = recent.peekFirst();
            if (first != null && first.seq() <= after + 1) {
                return recent.stream().filter(e -> e.seq() > after).limit(limit).toList();
            }
        }
        return store.events(task.id(), after, limit);
    }

    /** Deltas with a number above {@code after}. */
    synchronized List<Delta> deltasAfter(long after) {
        return new ArrayList<>(deltas.stream().filter(d -> d.number() > after).toList());
    }

    /** Waits until there is an event or delta beyond the given numbers, or the log is complete, or the time is over. */
    synchronized void await(long afterEvent, long afterDelta, Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (committed <= afterEvent && lastDelta <= afterDelta && !complete()) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                return;
            }
            wait(Math.max(1, left.toMillis()));
        }
    }

    /**
     * A piece of model text.
     *
     * @param after the last durable event before it
     */
    record Delta(long number, long after, int turn, String text) {}
}
