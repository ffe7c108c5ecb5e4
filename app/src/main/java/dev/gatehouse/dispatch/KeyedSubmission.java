package dev.gatehouse.dispatch;

/** What became of an order that came with an idempotency key (section 13). */
public sealed interface KeyedSubmission {
    /** Nothing was ordered under the key before; what became of the order is as without a key. */
    record First(Submission submission) implements KeyedSubmission {}

    /** The same order came before; this is its task, living or over. */
    record Repeated(Task task) implements KeyedSubmission {}
}
