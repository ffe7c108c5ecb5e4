package dev.gatehouse.cli;

import dev.gatehouse.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A task as text for a person. Goal and results were written by others, so everything is made printable here. */
final class TaskText {
    private static final int GOAL = 60;

    private TaskText() {}

    /** In one line of a list. */
    static String line(JsonNode task) {
        return String.join(
                "  ",
                word(task, "id"),
                "%-17s".formatted(word(task, "state")),
                word(task, "created_at"),
                word(task, "caller"),
                Printable.of(task.path("goal").asString(""), GOAL, "…"));
    }

    /** In full. */
    static List<String> lines(JsonNode task) {
        var lines = new ArrayList<String>();
        lines.add("task       " + word(task, "id") + ", " + word(task, "state"));
        lines.add("asked by   " + word(task, "caller") + ", to " + word(task, "effect") + ", with "
                + word(task, "engine") + " (" + word(task, "model") + ")");
        lines.add("goal       " + Printable.of(task.path("goal").asString("")));
        lines.add("time       " + word(task, "created_at")
                + (task.path("ended_at").isString() ? " to " + word(task, "ended_at") : ""));
        lines.add("so far     " + word(task, "turn") + " turns, " + word(task, "cost_usd") + " USD, "
                + word(task, "last_seq") + " events");
        for (var approval : task.path("approvals")) {
            lines.add("asks for   " + Printable.of(approval.isString() ? approval.asString("") : word(approval, "id")));
        }
        var result = task.path("result");
        if (result.isObject()) {
            Printable.exact(result.path("summary").asString("").strip())
                    .lines()
                    .forEach(line -> lines.add("result     " + line));
            var error = result.path("error");
            if (error.isObject()) {
                lines.add("error      " + word(error, "code") + ServerVerb.because(word(error, "message")));
            }
            for (var artifact : result.path("artifacts")) {
                lines.add("kept       " + word(artifact, "name") + ", " + word(artifact, "bytes") + " bytes");
            }
            var denials = result.path("permission_denials").size();
            if (denials > 0) {
                lines.add("refused    " + denials + (denials == 1 ? " call" : " calls"));
            }
        }
        return lines;
    }

    private static String word(JsonNode object, String member) {
        return ServerVerb.word(object, member);
    }
}
