package dev.gatehouse.client;

import tools.jackson.databind.JsonNode;

/** How following a task ended. */
public sealed interface Outcome {
    /** With its result, the last event of every task. */
    record Ended(String taskId, JsonNode result) implements Outcome {}

    /** The server said no. */
    record Refused(Answer answer) implements Outcome {}

    /** No answer came; whether the order was taken is not known. */
    record Unreachable(String why) implements Outcome {}

    /** The task goes on or not; the connection could not be had back. */
    record Lost(String taskId) implements Outcome {}

    /** The person left, and the task, if there is one, with the server. */
    record Left(String taskId) implements Outcome {}

    /** What came was not the log of a task. */
    record Garbled(String why) implements Outcome {}
}
