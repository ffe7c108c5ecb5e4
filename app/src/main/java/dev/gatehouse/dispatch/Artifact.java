package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a task brought and that is kept (dispatcher.md 4.2).
 *
 * @param name by which it is asked for, one of a kind within the task
 * @param mime as it is served; never just what a tool server called it
 * @param bytes how many
 * @param sha256 of the bytes, in lower-case hexadecimal; where they are
 */
public record Artifact(String name, String mime, long bytes, String sha256) {
    static Artifact of(ObjectNode members) {
        return new Artifact(
                members.path("name").asString(""),
                members.path("mime").asString(""),
                members.path("bytes").asLong(0),
                members.path("sha256").asString(""));
    }

    /** The members of its event, and of its line in the result. */
    public ObjectNode members(String taskId) {
        return Json.object()
                .put("name", name)
                .put("mime", mime)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .put("href", "/v1/tasks/" + taskId + "/artifacts/" + name);
    }
}
