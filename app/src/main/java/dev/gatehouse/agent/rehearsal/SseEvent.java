package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** One server-sent event; its data is one line of JSON that repeats the name as {@code type}. */
record SseEvent(String name, ObjectNode data) {
    static SseEvent of(String name) {
        return new SseEvent(name, Json.object().put("type", name));
    }

    static SseEvent error(ApiError error) {
        return new SseEvent("error", error.body());
    }

    SseEvent with(String member, ObjectNode value) {
        data.set(member, value);
        return this;
    }

    SseEvent at(int index) {
        data.put("index", index);
        return this;
    }

    /** The event as it stands on the wire. */
    String text() {
        return "event: " + name + "\ndata: " + Json.line(data) + "\n\n";
    }
}
