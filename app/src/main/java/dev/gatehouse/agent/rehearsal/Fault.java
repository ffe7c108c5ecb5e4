package dev.gatehouse.agent.rehearsal;

import java.util.OptionalInt;

/** Something that goes wrong on the wire. Event numbers that lie beyond the answer mean "just before {@code message_stop}". */
sealed interface Fault {
    /** How many times an identical request meets the fault before it is answered; empty for every time. */
    OptionalInt times();

    /** An error answer instead of a message. */
    record Http(int status, OptionalInt retryAfterSeconds, OptionalInt times) implements Fault {}

    /** An {@code error} event after some events, and the end of the stream. A non-streaming request gets it as an HTTP error. */
    record SseError(ErrorType type, int afterEvents, OptionalInt times) implements Fault {}

    /** The connection is cut after some events, in a non-streaming answer after half of the body; 0 cuts before any byte. */
    record Cut(int afterEvents, OptionalInt times) implements Fault {}

    /** Silence after some events (0: before the first byte), then the answer goes on. */
    record Hang(int millis, int afterEvents, OptionalInt times) implements Fault {}

    /** The stream ends in good order, but without {@code message_stop}. Only streams can show it. */
    record NoStop(OptionalInt times) implements Fault {}

    /** The arguments of the last tool call lack their closing brace. Only streams can show it. */
    record BadJson(OptionalInt times) implements Fault {}

    /** Event types no client knows stand after {@code message_start} and before {@code message_delta}. Only streams can show it. */
    record UnknownEvent(OptionalInt times) implements Fault {}
}
