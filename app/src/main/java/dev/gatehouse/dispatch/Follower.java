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

/** Reads the log of one task by number: what is there, then what comes, until the result. Used by one thread. */
public final class Follower {
    private static final int PAGE = 200;

    private final TaskStore store;
    private final String taskId;
    private final Optional<LiveTask> live;
    private final StreamLevel level;
    private final Clock clock;
    private long after;
    private long afterDelta;
    private boolean done;

    Follower(TaskStore store, String taskId, Optional<LiveTask> live, StreamLevel level, long after, Clock clock) {
        this.store = store;
        this.taskId = taskId;
        this.live = live;
        this.level = level;
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
     * @return empty if nothing came
     */
    public List<Line> next(Duration atMost) throws InterruptedException, StoreUnavailableException {
        var lines = available();
        if (lines.isEmpty() && !done && live.isPresent()) {
            live.get().log().await(after, afterDelta, atMost);
            lines = available();
        }
        return lines;
    }

    private List<Line> available() throws StoreUnavailableException {
        var lines = new ArrayList<Line>();
        if (live.isPresent()) {
            for (var delta : live.get().log().deltasAfter(afterDelta)) {
                afterDelta = delta.number();
                lines.add(ephemeral(
                        "text_delta",
                        delta.after(),
                        Json.object().put("turn", delta.turn()).put("text", delta.text())));
            }
        }
        // Looked at before the events are read, so that a log that completes meanwhile is read once more.
        var complete = live.isEmpty() || live.get().log().complete();
        var events = live.isPresent() ? live.get().log().after(after, PAGE) : store.events(taskId, after, PAGE);
        for (var event : events) {
            after = event.seq();
            done |= event.type() == EventType.RESULT;
            if (level.shows(event.type().level())) {
                lines.add(new Line(OptionalLong.of(event.seq()), event.type().wire(), visible(event)));
            }
        }
        done |= complete && events.size() < PAGE;
        return lines;
    }

    /** The bodies of tool results are shown at the full level only (D4.3, threats.md T27). */
    private ObjectNode visible(TaskEvent event) {
        var json = event.toJson();
        if (event.type() == EventType.TOOL_RESULT && level != StreamLevel.FULL) {
            json.withArray("content").forEach(part -> ((ObjectNode) part).remove("text"));
        }
        return json;
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
        return new Line(OptionalLong.empty(), type, out);
    }
}
