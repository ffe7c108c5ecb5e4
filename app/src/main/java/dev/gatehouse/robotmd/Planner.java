package dev.gatehouse.robotmd;

import dev.gatehouse.tool.Payer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a plan towards a goal with one call of a model. What it says is a wish: every step of it is checked and gated (robot-md.md 10.9). */
@FunctionalInterface
public interface Planner {
    /**
     * Plans. The caller limits the time by interrupting.
     *
     * @param payer whose key and whose money it is
     * @throws InterruptedException if the time is over or the caller gave up
     */
    Reply plan(Question question, Payer payer) throws InterruptedException;

    /**
     * What is to be planned.
     *
     * @param model empty for the one the server works with
     * @param capabilities what the robot can do, each with name, description and schema of its arguments
     * @param untrusted what was seen and what the caller adds: data, whatever it says
     */
    record Question(Optional<String> model, String goal, ArrayNode capabilities, ObjectNode untrusted) {}

    /** What came of the call. */
    sealed interface Reply {
        /**
         * The model answered.
         *
         * @param steps what it proposes, in whatever shape; missing if it proposes nothing
         * @param rehearsed whether a script played the model
         */
        record Proposed(JsonNode steps, boolean rehearsed) implements Reply {}

        /** There is no answer; the message is fit for a client. */
        record Failed(String message) implements Reply {}
    }

    /** For a server without a model to ask. */
    static Planner none() {
        return (question, payer) -> new Reply.Failed("this server has no model to plan with");
    }
}
