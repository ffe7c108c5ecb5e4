package dev.gatehouse.dispatch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads tasks and their logs, whether the tasks live or are over. */
public final class Tasks {
    /** Bytes of events on one page, whatever number of events was asked for. */
    private static final int PAGE_BYTES = 4 << 20;

    private final TaskStore store;
    private final LiveTasks live;
    private final Clock clock;

    Tasks(TaskStore store, LiveTasks live, Clock clock) {
        this.store = store;
        this.live = live;
        this.clock = clock;
    }

    /** The task with this id. */
    public Optional<Task> task(String id) throws StoreUnavailableException {
        var running = live.find(id);
        return running.isPresent() ? running.map(LiveTask::task) : store.task(id);
    }

    /** Reads the log of a task from after the given number on, and goes on while it grows. */
    public Follower follow(String taskId, StreamLevel level, long after) {
        return new Follower(store, taskId, live.find(taskId), level, after, clock);
    }

    /** The same for a task that one holds; works even if it ends meanwhile. */
    public Follower follow(LiveTask task, StreamLevel level, long after) {
        return new Follower(store, task.taskId(), Optional.of(task), level, after, clock);
    }

    /** Tasks that fit a filter, newest first. */
    public List<Task> list(TaskFilter filter, int limit) throws StoreUnavailableException {
        return store.list(filter, limit);
    }

    /** What is in the log of a task now, from after the given number on, at most {@code limit} lines (D4.7). */
    public EventPage events(Task task, StreamLevel level, long after, int limit) throws StoreUnavailableException {
        var lines = new ArrayList<Line>();
        var next = after;
        var bytes = 0;
        while (lines.size() < limit && bytes < PAGE_BYTES) {
            var events = store.events(task.id(), next, limit - lines.size());
            for (var event : events) {
                next = event.seq();
                var line = ShownEvent.of(event).at(level);
                line.ifPresent(lines::add);
                bytes += line.map(Line::length).orElse(0);
            }
            if (events.isEmpty()) {
                break;
            }
        }
        return new EventPage(lines, next, task.state().terminal() && next >= task.lastSeq());
    }

    /** What was kept of a task under this name. */
    public Optional<Artifact> artifact(String taskId, String name) throws StoreUnavailableException {
        return store.artifacts(taskId).stream()
                .filter(artifact -> artifact.name().equals(name))
                .findFirst();
    }

    /**
     * A part of a log.
     *
     * @param nextAfter where the next part begins; events that the level hides are behind it already
     * @param terminal whether the log ends here
     */
    public record EventPage(List<Line> lines, long nextAfter, boolean terminal) {
        public EventPage {
            lines = List.copyOf(lines);
        }
    }
}
