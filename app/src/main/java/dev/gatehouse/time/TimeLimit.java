package dev.gatehouse.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs a piece of work that may hang: it is interrupted at its limit, and left behind if even that does not end it. */
public final class TimeLimit {
    private final Ticker ticker;
    private final Duration patience;

    /**
     * A way to run work.
     *
     * @param patience how long interrupted work may take to come back before it is left behind
     */
    public TimeLimit(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    /**
     * Runs work on a thread of its own and waits for it.
     *
     * @param limit when the work is interrupted
     * @param onCut runs on the calling thread when the work is cut, by its limit or by an interrupt of the caller, before
     *     the work itself is interrupted
     */
    public <T> Result<T> run(Callable<T> work, Deadline limit, Runnable onCut) {
        var done = new CompletableFuture<Result<T>>();
        var worker = Thread.ofVirtual().name("call").start(() -> {
            try {
                done.complete(new Result.Done<>(work.call()));
            } catch (InterruptedException e) {
                done.complete(new Result.Cut<>(true));
            } catch (Exception e) {
                done.complete(new Result.Failed<>(e));
            }
        });
        var limited = new CompletableFuture<Void>();
        var timer = alarm(limit.at(), limited);
        var interrupted = false;
        try {
            CompletableFuture.anyOf(done, limited).get();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("these futures complete normally", e);
        } finally {
            timer.interrupt();
        }
        if (!done.isDone()) {
            onCut.run();
            worker.interrupt();
            settle(done);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done.getNow(new Result.Cut<>(false));
    }

    /** Waits for cut work a while; a further interrupt of the caller does not shorten it, because somebody may be moving. */
    private void settle(CompletableFuture<?> done) {
        var tired = new CompletableFuture<Void>();
        var timer = alarm(ticker.nanoTime() + patience.toNanos(), tired);
        CompletableFuture.anyOf(done, tired).join();
        timer.interrupt();
    }

    private Thread alarm(long at, CompletableFuture<Void> bell) {
        return Thread.ofVirtual().name("time-limit").start(() -> {
            try {
                ticker.sleepUntil(at);
                bell.complete(null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What came of limited work. */
    public sealed interface Result<T> {
        /** It ended by itself. */
        record Done<T>(T value) implements Result<T> {}

        /** It threw. */
        record Failed<T>(Exception cause) implements Result<T> {}

        /**
         * It was cut.
         *
         * @param ended false if it was left behind, still running
         */
        record Cut<T>(boolean ended) implements Result<T> {}
    }
}
