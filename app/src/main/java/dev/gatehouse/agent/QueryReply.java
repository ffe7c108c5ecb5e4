package dev.gatehouse.agent;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What came of a {@link Query}. */
public sealed interface QueryReply {
    /**
     * The model answered.
     *
     * @param arguments of its call; empty if it did not make exactly the one it was asked for
     */
    record Answered(Optional<ObjectNode> arguments) implements QueryReply {}

    /** It was not asked, because what it could cost is not free. */
    record TooDear() implements QueryReply {}

    /** It did not; the message is our own and safe to show. */
    record Failed(FailureCode code, String message) implements QueryReply {}
}
