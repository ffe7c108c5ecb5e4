package dev.gatehouse.robot;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Calls something on a thread of its own; the common pool has too few threads on a small machine. */
public final class OnThread {
    private OnThread() {}

    public static <T> CompletableFuture<T> call(Callable<T> callable) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(callable.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
