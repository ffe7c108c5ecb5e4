package dev.gatehouse.tool;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call came to. A refusal is a result like any other: the model and the client can read it (D6.2).
 *
 * @param outcome how it ended
 * @param isError whether a surface must mark it as an error
 * @param text what a reader sees
 * @param structured the same as an object, for surfaces that can carry one
 * @param pictures for models that can see; whoever else reads the result gets a description of them (T9.2)
 */
public record ToolResult(
        Outcome outcome, boolean isError, String text, Optional<ObjectNode> structured, List<Picture> pictures) {
    public ToolResult {
        pictures = List.copyOf(pictures);
    }

    /** A result without pictures. */
    public ToolResult(Outcome outcome, boolean isError, String text, Optional<ObjectNode> structured) {
        this(outcome, isError, text, structured, List.of());
    }

    /** How a call ended, as the event log names it. */
    public enum Outcome {
        OK,
        ERROR,
        BLOCKED,
        /** Stopped from outside while it ran. */
        ABORTED,
        /** An effect may have happened; nobody can say. */
        UNKNOWN
    }

    /** The text for readers who take no pictures, with a line in place of each (T9.2). */
    public String readable() {
        var lines = new StringBuilder(text);
        pictures.forEach(picture -> lines.append(lines.isEmpty() ? "" : "\n").append(picture.line()));
        return lines.toString();
    }

    /** A result whose text is the object itself, for people with two-space indent. */
    public static ToolResult ok(ObjectNode structured) {
        return new ToolResult(Outcome.OK, false, Json.pretty(structured), Optional.of(structured));
    }

    /** A result with a text of its own. */
    public static ToolResult ok(String text, ObjectNode structured) {
        return new ToolResult(Outcome.OK, false, text, Optional.of(structured));
    }

    /** A result object that says by itself how it ended. */
    public static ToolResult of(Outcome outcome, ObjectNode structured) {
        return new ToolResult(outcome, false, Json.pretty(structured), Optional.of(structured));
    }

    /** A call that found nothing to work on, in words alone: what it would have structured does not exist. */
    public static ToolResult failed(String message) {
        return new ToolResult(Outcome.ERROR, true, message, Optional.empty());
    }

    /**
     * A call that was not let through or could not be done.
     *
     * @param outcome {@link Outcome#BLOCKED} for a door that may open later, else {@link Outcome#ERROR}
     * @param reason stable code
     */
    public static ToolResult refused(Outcome outcome, boolean isError, String reason, String message) {
        return refused(outcome, isError, reason, message, Json.object());
    }

    /**
     * The same, saying more.
     *
     * @param detail further members of {@code error}
     */
    public static ToolResult refused(
            Outcome outcome, boolean isError, String reason, String message, ObjectNode detail) {
        var body = Json.object()
                .put("status", outcome == Outcome.BLOCKED || outcome == Outcome.ABORTED ? "blocked" : "error");
        body.putObject("error").put("reason", reason).put("message", message).setAll(detail);
        return new ToolResult(outcome, isError, Json.pretty(body), Optional.of(body));
    }
}
