package dev.gatehouse.dispatch;

import java.util.Locale;

/** The kinds of durable event; the name never comes from model or tool text (D4.1, section 4.2). */
public enum EventType {
    ACCEPTED(StreamLevel.RESULT),
    QUEUED(StreamLevel.PROGRESS),
    STATE(StreamLevel.PROGRESS),
    SESSION(StreamLevel.PROGRESS),
    TEXT(StreamLevel.PROGRESS),
    TOOL_CALL(StreamLevel.PROGRESS),
    GATE_DECISION(StreamLevel.PROGRESS),
    APPROVAL_REQUIRED(StreamLevel.RESULT),
    APPROVAL_RESOLVED(StreamLevel.PROGRESS),
    LEASE(StreamLevel.PROGRESS),
    PROGRESS(StreamLevel.PROGRESS),
    TOOL_RESULT(StreamLevel.PROGRESS),
    USAGE(StreamLevel.PROGRESS),
    RETRY(StreamLevel.PROGRESS),
    SAFETY(StreamLevel.RESULT),
    STREAM(StreamLevel.PROGRESS),
    ARTIFACT(StreamLevel.PROGRESS),
    WARNING(StreamLevel.PROGRESS),
    ERROR(StreamLevel.RESULT),
    RESULT(StreamLevel.RESULT);

    private final StreamLevel level;

    EventType(StreamLevel level) {
        this.level = level;
    }

    /** The lowest level at which the event is shown. */
    public StreamLevel level() {
        return level;
    }

    /** Whether a follower gets it however far it is behind (D4.4). */
    public boolean essential() {
        return this == SAFETY || this == APPROVAL_REQUIRED || this == ERROR || this == RESULT;
    }

    /** Whether it says something about the robot that is worth keeping even if it comes after the result (D1.4). */
    boolean evidence() {
        return this == TOOL_RESULT || this == SAFETY;
    }

    /** The value of {@code type} on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with the given wire name; see {@link #wire()}. */
    public static EventType ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
