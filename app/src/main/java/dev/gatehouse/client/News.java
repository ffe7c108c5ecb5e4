package dev.gatehouse.client;

import tools.jackson.databind.JsonNode;

/** What can happen while a task is followed. */
sealed interface News {
    /** A stream begins; the id is as the server says it, or empty. */
    record Opened(String taskId) implements News {}

    /** One line of it. */
    record Event(JsonNode json) implements News {}

    /** The server answered, and not with a stream. */
    record Refused(Answer answer) implements News {}

    /** The connection ended before the task did. */
    record Broken(String why) implements News {}

    /** What came is no event. */
    record Garbled(String why) implements News {}

    /** A cancel arrived at the server, or why it did not. */
    record Canceling(boolean heard, String why) implements News {}

    /** Somebody pressed Ctrl-C. */
    record Interrupt() implements News {}
}
