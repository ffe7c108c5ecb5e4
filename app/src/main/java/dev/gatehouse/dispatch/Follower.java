package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the log of one task by number: what is there, then what comes, until the result. Used by one thread.
 *
 * <p>Its queue is a window on the log and takes no memory of its own (D4.4, ADR 0016): of what came since it last asked, the
 * oldest {@value #WINDOW_LINES} lines or 1 MiB are its queue; of the rest only what nobody may miss is kept, and a
 * {@code gap} line says what was not. Somebody who reads an old log from the start is not behind, and is given all of it.
 */
public final class Follower {
    private static final int WINDOW_LINES = 256;
    private static final int WINDOW_BYTES = 1 << 20;

    private final TaskStore store;
    private final String taskId;
    private final Optional<LiveTask> live;
    private final StreamLevel level;
    private final Clock clock;
    private final long begin;
    private long after;
    private long afterDelta;
    /** Has seen the newest event once; from then on it must keep up. */
    private boolean caughtUp;

    private boolean done;

    Follower(TaskStore store, String taskId, Optional<LiveTask> live, StreamLevel level, long after, Clock clock) {
        this.store = store;
        this.taskId = taskId;
        this.live = live;
        this.level = level;
        this.begin = after;
        this.after = after;
        this.clock = clock;
    }

    /** Whether the result was handed out, or there is nothing more to come. */
    public boolean done() {
        return done;
    }

    /**
     * Lines that are new since the last call; waits for one as long as given.
     *
     * @return empty if nothing came that is shown at this level
     */
    public List<Line> next(Duration atMost) throws InterruptedException, StoreUnavailableException {
        var until = System.nanoTime() + atMost.toNanos();
        var lines = available();
        while (lines.isEmpty() && !done) {
            if (live.isPresent()) {
                var left = Duration.ofNanos(until - System.nanoTime());
                if (!left.isPositive()) {
                    break;
                }
                live.get().log().await(after, afterDelta, left);
            }
            lines = available();
        }
        return lines;
    }

    private List<Line> available() throws StoreUnavailableException {
        var window = new Window();
        if (live.isPresent()) {
            read(live.get().log(), window);
        } else {
            var events = store.events(taskId, after, WINDOW_LINES);
            events.forEach(event -> take(ShownEvent.of(event), window));
            done |= events.isEmpty();
        }
        return window.lines;
    }

    private void read(TaskLog log, Window window) throws StoreUnavailableException {
        // Looked at before the events are read, so that a log that completes meanwhile is read once more.
        var complete = log.complete();
        var end = log.committed();
        var deltas = log.deltasAfter(afterDelta).iterator();
        var delta = deltas.hasNext() ? deltas.next() : null;
        var events = log.after(after, WINDOW_LINES);
        for (var event : events) {
            if (window.full()) {
                break;
            }
            for (;
                    delta != null && delta.after() < event.event().seq();
                    delta = deltas.hasNext() ? deltas.next() : null) {
                take(delta, window);
            }
            take(event, window);
        }
        if (after < end && (caughtUp || events.isEmpty())) {
            skip(end, window);
        }
        for (; delta != null && after >= end; delta = deltas.hasNext() ? deltas.next() : null) {
            take(delta, window);
        }
        caughtUp |= after >= end;
        done |= complete && after >= end;
    }

    private void take(ShownEvent event, Window window) {
        after = event.event().seq();
        done |= event.event().type() == EventType.RESULT;
        event.at(level).ifPresent(window::add);
    }

    /** Text that was written before this follower came, and text for which there is no room, is not shown. */
    private void take(TaskLog.Delta delta, Window window) {
        afterDelta = delta.number();
        if (delta.after() >= begin && !window.full()) {
            window.add(ephemeral(
                    "text_delta", after, Json.object().put("turn", delta.turn()).put("text", delta.text())));
        }
    }

    /** Goes on to the number given, keeping only what nobody may miss. */
    private void skip(long end, Window window) throws StoreUnavailableException {
        for (var kept = store.essential(taskId, after, end);
                !kept.isEmpty();
                kept = store.essential(taskId, after, end)) {
            for (var event : kept) {
                gap(event.seq() - 1, window);
                take(ShownEvent.of(event), window);
            }
        }
        gap(end, window);
        after = end;
    }

    /** At the lowest level everything there is to see is kept, so that nothing is ever missing. */
    private void gap(long to, Window window) {
        if (to > after && level != StreamLevel.RESULT) {
            window.add(ephemeral(
                    "gap", after, Json.object().put("from_seq", after + 1).put("to_seq", to)));
        }
    }

    /** A sign of life, which is also how a server notices that nobody listens any more (D4.8). */
    public Line heartbeat() {
        var state = live.map(task -> task.task().state().wire()).orElse("");
        var elapsed = live.map(task -> task.age().toMillis()).orElse(0L);
        return ephemeral("heartbeat", after, Json.object().put("state", state).put("elapsed_ms", elapsed));
    }

    private Line ephemeral(String type, long afterSeq, ObjectNode members) {
        var out = Json.object().put("v", 1).put("task_id", taskId);
        out.put("ts", Rfc3339.format(clock.instant()));
        out.put("type", type).put("after", afterSeq);
        out.setAll(members);
        return Line.of(OptionalLong.empty(), type, out);
    }

    /** What is handed out at once. */
    private static final class Window {
        private final List<Line> lines = new ArrayList<>();
        private int bytes;

        void add(Line line) {
            lines.add(line);
            bytes += line.length();
        }

        boolean full() {
            return lines.size() >= WINDOW_LINES || bytes >= WINDOW_BYTES;
        }
    }
}
