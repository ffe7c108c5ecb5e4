package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The numbered log of one living task: events get their number here, go to disk, and are shown only once they are there
 * (D4.2). Followers read it by number, so a slow one never slows the task.
 */
final class TaskLog {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLog.class);
    /** Recent events kept in memory, and their bytes; a follower that is further behind reads from the store. */
    private static final int RECENT = 256;

    private static final int RECENT_BYTES = 1 << 20;

    private final EventStore store;
    private final Clock clock;
    private final Deque<ShownEvent> recent = new ArrayDeque<>();
    private final Deque<Delta> deltas = new ArrayDeque<>();
    private final ArrayNode artifacts = Json.array();
    private int recentBytes;
    private Task task;
    private long committed;
    private long lastDelta;
    private boolean failed;

    TaskLog(EventStore store, Clock clock, Task task) {
        this.store = store;
        this.clock = clock;
        this.task = task;
    }

    /** The task as it stands after the latest event, durable or not. */
    synchronized Task task() {
        return task;
    }

    /** What was kept so far, in order. */
    synchronized ArrayNode artifacts() {
        return artifacts.deepCopy();
    }

    /** Adds the first event, with the key that the task was ordered under. */
    CompletableFuture<Void> accept(ObjectNode members, Optional<IdempotencyKey> under) {
        return append(EventType.ACCEPTED, members, under);
    }

    /**
     * Adds one event.
     *
     * @return completes when the event is durable and visible, exceptionally when it cannot be written
     */
    CompletableFuture<Void> append(EventType type, ObjectNode members) {
        return append(type, members, Optional.empty());
    }

    private synchronized CompletableFuture<Void> append(
            EventType type, ObjectNode members, Optional<IdempotencyKey> under) {
        if (task.state().terminal()) {
            // After the result nothing follows (D4.2); what it says about the robot is kept beside it (D1.4).
            if (!type.evidence()) {
                LOG.debug("task {}: {} came after the result", task.id(), type.wire());
                return CompletableFuture.completedFuture(null);
            }
            LOG.warn("task {}: {} came after the result and is noted beside it", task.id(), type.wire());
            return annotate(Json.object().put("type", type.wire()).setAll(members));
        }
        var shown = ShownEvent.of(TaskEvent.bounded(task.id(), task.lastSeq() + 1, clock.instant(), type, members));
        task = task.apply(shown.event());
        if (type == EventType.ARTIFACT) {
            artifacts.add(members);
        }
        return store.write(new Change.Append(task, shown.event(), under))
                .whenComplete((done, failure) -> published(shown, failure != null));
    }

    /** Keeps what became known after the end; the state stays what it is. */
    synchronized CompletableFuture<Void> annotate(ObjectNode evidence) {
        var annotation = Json.object().put("ts", Rfc3339.format(clock.instant()));
        annotation.setAll(evidence);
        task = task.annotated(annotation);
        return store.write(new Change.Annotate(task.id(), annotation));
    }

    /** Text as the model writes it: shown to whoever looks now, never stored. */
    synchronized void delta(int turn, String text) {
        deltas.add(new Delta(++lastDelta, committed, turn, text));
        if (deltas.size() > RECENT) {
            deltas.remove();
        }
        notifyAll();
    }

    private synchronized void published(ShownEvent event, boolean failure) {
        failed |= failure;
        if (!failure) {
            committed = event.event().seq();
            recent.add(event);
            recentBytes += event.length();
            while (recent.size() > RECENT || (recentBytes > RECENT_BYTES && recent.size() > 1)) {
                recentBytes -= recent.remove().length();
            }
        }
        notifyAll();
    }

    /** Whether an event could not be written; nothing of this log is acknowledged from then on. */
    synchronized boolean failed() {
        return failed;
    }

    /** Number of the latest visible event. */
    synchronized long committed() {
        return committed;
    }

    /** Whether every event there will ever be is visible. */
    synchronized boolean complete() {
        return failed || (task.state().terminal() && committed == task.lastSeq());
    }

    /** Visible events with a number above {@code after}, oldest first, at most {@code limit}. */
    List<ShownEvent> after(long after, int limit) throws StoreUnavailableException {
        synchronized (this) {
            if (after >= committed) {
                return List.of();
            }
            var first = recent.peekFirst();
            if (first != null && first.event().seq() <= after + 1) {
                return newest(after, limit);
            }
        }
        return store.events(task().id(), after, limit).stream()
                .map(ShownEvent::of)
                .toList();
    }

    /** Read from the new end, because most followers miss only the last one or two. */
    private List<ShownEvent> newest(long after, int limit) {
        var events = new ArrayList<ShownEvent>();
        for (var newestFirst = recent.descendingIterator(); newestFirst.hasNext(); ) {
            var event = newestFirst.next();
            if (event.event().seq() <= after) {
                break;
            }
            events.add(event);
        }
        var oldestFirst = events.reversed();
        return List.copyOf(oldestFirst.subList(0, Math.min(limit, oldestFirst.size())));
    }

    /** Deltas with a number above {@code after}. */
    synchronized List<Delta> deltasAfter(long after) {
        return after >= lastDelta
                ? List.of()
                : deltas.stream().filter(d -> d.number() > after).toList();
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
