package dev.gatehouse.dispatch;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Counts the streams of the creating caller that are open on a task (D11.1). */
final class Presence {
    private int streams;
    private boolean everSeen;
    private @Nullable CompletableFuture<Void> returned;

    /** A stream opened. */
    synchronized void enter() {
        streams++;
        everSeen = true;
        if (returned != null) {
            returned.complete(null);
            returned = null;
        }
    }

    /** A stream ended; true if it was the last one. */
    synchronized boolean leave() {
        return --streams == 0 && everSeen;
    }

    /** Completes when a stream opens again; done already if one is open. */
    synchronized CompletableFuture<Void> back() {
        if (streams > 0) {
            return CompletableFuture.completedFuture(null);
        }
        if (returned == null) {
            returned = new CompletableFuture<>();
        }
        return returned;
    }
}
