package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.StopSignal;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs blocking work so that a stop ends the wait at once, whatever the work is blocked in (E2.5).
 *
 * <p>The work gets a virtual thread of its own. A stop interrupts that thread, which closes the socket it reads from, and releases
 * the caller without waiting for it: a name lookup, for one, cannot be interrupted. Interrupts never reach the caller's thread, so
 * none can be left over for a tool call.
 */
final class Stoppable {
    private final StopSignal stop;

    Stoppable(StopSignal stop) {
        this.stop = stop;
    }

    /**
     * Waits for the work or for the stop.
     *
     * @return empty if the stop came first; the work then ends unobserved
     * @throws InterruptedException if the calling thread is interrupted; the work is interrupted as well
     */
    <T> Optional<T> call(Callable<T> work) throws InterruptedException {
        var result = new CompletableFuture<Optional<T>>();
        var worker = Thread.ofVirtual().name("model-call").unstarted(() -> {
            try {
                result.complete(Optional.of(work.call()));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        worker.start();
        var registration = stop.onStop(() -> result.complete(Optional.empty()));
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw Failures.unchecked(e);
        } finally {
            registration.close();
            worker.interrupt();
        }
    }
}
