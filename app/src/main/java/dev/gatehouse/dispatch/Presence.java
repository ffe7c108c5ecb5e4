package dev.gatehouse.dispatch;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Counts the streams of the creating caller that are open on a task (D11.1). */
final class Presence {
    private int streams;
    private @Nullable CompletableFuture<Void> returned;

    /** A stream opened. */
    void enter() {
        CompletableFuture<Void> back;
        synchronized (this) {
            streams++;
            back = returned;
            returned = null;
        }
        if (back != null) {
            back.complete(null);
        }
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
}
