package dev.gatehouse.gate;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the door says to a call. */
public sealed interface Verdict {
    /** It may go ahead. */
    record Allow() implements Verdict {}

    /**
     * A person must agree first.
     *
     * @param scopes what covers the call, the strictest first (robot-md.md 10.3)
     * @param reasons which of them want a person
     * @param decider the right that person must have
     */
    record Ask(List<String> scopes, List<String> reasons, Role decider, String message) implements Verdict {
        public Ask {
            scopes = List.copyOf(scopes);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It may not.
     *
     * @param code stable, from the table of 6.1
     * @param reason how the result of the tool names it (robot-md.md section 10)
     * @param outcome blocked for a door that may open later, else error
     * @param detail further members of the result's {@code error}
     */
    record Deny(Step step, String code, String reason, ToolResult.Outcome outcome, String message, ObjectNode detail)
            implements Verdict {
        Deny(Step step, String code, String reason, ToolResult.Outcome outcome, String message) {
            this(step, code, reason, outcome, message, Json.object());
        }

        /** A refusal that will be the same next time, named alike everywhere. */
        static Deny error(Step step, String code, String message) {
            return new Deny(step, code, code, ToolResult.Outcome.ERROR, message);
        }

        /** There is no tool of exactly this name (robot-md.md 8.8). */
        static Deny unknownTool(String name) {
            var shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
            return error(Step.TOOL, "tool_unknown", "Tool " + shown + " not found");
        }

        /** A refusal that time or a person may lift. */
        static Deny blocked(Step step, String code, String reason, String message) {
            return new Deny(step, code, reason, ToolResult.Outcome.BLOCKED, message);
        }

        /** The same, saying more. */
        Deny with(ObjectNode more) {
            return new Deny(step, code, reason, outcome, message, more);
        }

        /** The refusal as the result of the tool. */
        ToolResult asResult() {
            return ToolResult.refused(outcome, step.refusalIsError(), reason, message, detail);
        }
    }
}
