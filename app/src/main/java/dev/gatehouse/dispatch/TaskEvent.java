package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import dev.gatehouse.time.Rfc3339;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One numbered, durable entry of a task's log (section 4.1).
 *
 * @param seq starts at 1 and has no gaps
 * @param members what the type adds to the envelope
 */
public record TaskEvent(String taskId, long seq, Instant at, EventType type, ObjectNode members) {
    /** Longest line on any stream, in bytes (D4.1). */
    public static final int MAX_LINE_BYTES = 262_144;

    public TaskEvent {
        members = members.deepCopy();
    }

    /** An event whose line is within its bound; of members that are too long, the long parts are cut (D4.1, D4.5). */
    static TaskEvent bounded(String taskId, long seq, Instant at, EventType type, ObjectNode members) {
        return new TaskEvent(taskId, seq, at, type, MemberBounds.within(members));
    }

    /** The whole event as one object, envelope first. */
    public ObjectNode toJson() {
        var out = Json.object();
        out.put("v", 1);
        out.put("seq", seq);
        out.put("ts", Rfc3339.format(at));
        out.put("task_id", taskId);
        out.put("type", type.wire());
        members.properties().forEach(e -> out.set(e.getKey(), e.getValue()));
        return out;
    }

    /** A member of this event, or a missing node. */
    public JsonNode member(String name) {
        return members.path(name);
    }
}
