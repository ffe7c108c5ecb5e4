package dev.gatehouse.dispatch;

import dev.gatehouse.dispatch.IdempotencyKey.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets one order at a time create a task under a key; who comes second waits for the first and then reads what became of it
 * (D13.2). Across restarts the row in the store decides, which is written in the transaction of the task (D13.3).
 */
final class KeyClaims {
    /** How long the second waits for the first. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TaskStore store;
    private final Duration patience;
    private final Map<Scope, Claim> inFlight = new ConcurrentHashMap<>();

    KeyClaims(TaskStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /**
     * Asks for the right to create a task under this key.
     *
     * @throws StoreUnavailableException if nobody can say whether the key was used
     */
    Answer claim(IdempotencyKey key) throws StoreUnavailableException, InterruptedException {
        var own = new Claim(key.scope());
        var until = System.nanoTime() + patience.toNanos();
        for (var first = inFlight.putIfAbsent(key.scope(), own);
                first != null;
                first = inFlight.putIfAbsent(key.scope(), own)) {
            if (!first.settledBefore(until)) {
                return new Answer.Refused(Refusal.later(
                        Refusal.Code.IDEMPOTENCY_IN_FLIGHT,
                        "an order with this Idempotency-Key is being created; ask again",
                        1));
            }
        }
        return answer(key, own);
    }

    private Answer answer(IdempotencyKey key, Claim own) throws StoreUnavailableException {
        var mine = false;
        try {
            var known = store.ordered(key.scope());
            if (known.isEmpty()) {
                mine = true;
                return own;
            }
            return known.get().digest().equals(key.digest())
                    ? new Answer.Known(known.get().taskId())
                    : new Answer.Refused(Refusal.of(
                            Refusal.Code.IDEMPOTENCY_MISMATCH,
                            "this Idempotency-Key was used for another body; use a new key for a new order"));
        } finally {
            if (!mine) {
                own.close();
            }
        }
    }

    /** What a key is worth. */
    sealed interface Answer {
        /** A task exists. */
        record Known(String taskId) implements Answer {}

        /** The key cannot be used for this order, or not now. */
        record Refused(Refusal refusal) implements Answer {}
    }

    /** The right to create the task of a key. Closed when the task is durable or was refused; only the store remembers. */
    final class Claim implements Answer, AutoCloseable {
        private final Scope scope;
        private final CompletableFuture<Void> settled = new CompletableFuture<>();

        private Claim(Scope scope) {
            this.scope = scope;
        }

        private boolean settledBefore(long nanoTime) throws InterruptedException {
            try {
                settled.get(Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a claim only ever settles", e);
            }
        }

        @Override
        public void close() {
            inFlight.remove(scope, this);
            settled.complete(null);
        }
    }
}
