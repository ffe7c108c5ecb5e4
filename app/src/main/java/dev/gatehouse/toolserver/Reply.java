package dev.gatehouse.toolserver;

import tools.jackson.databind.node.ObjectNode;

/** What became of a request to a tool server. */
sealed interface Reply {
    /** It was answered. */
    record Result(ObjectNode result) implements Reply {}

    /** It was answered with an error of JSON-RPC; the message is the server's. */
    record Fault(int code, String message) implements Reply {}

    /**
     * The connection ended before an answer came.
     *
     * @param sent whether the server may have had it
     */
    record Lost(boolean sent) implements Reply {}

    /** It was not sent: by then it could not or must not be. */
    record Withheld() implements Reply {}

    /** It was cut by a stop of the robot, and the server has not answered since. */
    record Cut() implements Reply {}
}
