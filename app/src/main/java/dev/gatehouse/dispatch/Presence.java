package dev.gatehouse.dispatch;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Counts the streams of the creating caller that are open on a task (D11.1). */
final class Presence {
    private int streams;
    private boolean matters;
    private CompletableFuture<Void> returned = new CompletableFuture<>();

    /** A stream opened. */
    void enter() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            streams++;
            matters = true;
            awaited = returned;
        }
        awaited.complete(null);
    }

    /**
     * A stream ended.
     *
     * @return if it was the last one: completes when a stream opens again. Every loss of presence has its own, so that a
     *     caller who came back and left once more is given the whole grace once more (T16.4)
     */
    synchronized Optional<CompletableFuture<Void>> leave() {
        if (--streams > 0) {
            return Optional.empty();
        }
        returned = new CompletableFuture<>();
        return Optional.of(returned);
    }

    /** A stream ended in order; if it was the last one, nobody is waited for any more. */
    synchronized void release() {
        matters = --streams > 0;
    }

    /** Whether the task was watched from its start and still is to be: one that was ordered without a stream is not. */
    synchronized boolean matters() {
        return matters;
    }
}
