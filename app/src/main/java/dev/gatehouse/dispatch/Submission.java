package dev.gatehouse.dispatch;

/** What became of an order. */
public sealed interface Submission {
    /** It is a durable task now. */
    record Accepted(LiveTask task) implements Submission {}

    /** Nothing was created. */
    record Refused(Refusal refusal) implements Submission {}
}
