package dev.gatehouse.dispatch;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event as followers see it: written once, however many there are.
 *
 * @param brief without the bodies of tool results, which are shown at the full level only (D4.3, threats.md T27)
 */
record ShownEvent(TaskEvent event, Line full, Line brief) {
    static ShownEvent of(TaskEvent event) {
        var full = line(event);
        return new ShownEvent(event, full, event.type() == EventType.TOOL_RESULT ? line(withoutBodies(event)) : full);
    }

    private static Line line(TaskEvent event) {
        return Line.of(OptionalLong.of(event.seq()), event.type().wire(), event.toJson());
    }

    private static TaskEvent withoutBodies(TaskEvent event) {
        var members = event.members().deepCopy();
        members.withArray("content").forEach(part -> part.asObject().remove("text"));
        return new TaskEvent(event.taskId(), event.seq(), event.at(), event.type(), members);
    }

    /** What a follower at this level sees of it; empty if nothing. */
    Optional<Line> at(StreamLevel level) {
        if (!level.shows(event.type().level())) {
            return Optional.empty();
        }
        return Optional.of(level == StreamLevel.FULL ? full : brief);
    }

    /** Bytes of its longest form. */
    int length() {
        return full.length();
    }
}
