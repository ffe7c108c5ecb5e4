package dev.gatehouse.agent;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Where a run reports what is worth an event (dispatcher.md section 4.2). Tool calls and their results are reported by the tool view.
 *
 * <p>Calls of one run never overlap, but they come from more than one thread. An exception thrown here ends the run.
 */
public interface EngineSink {
    /**
     * One text block of a complete response.
     *
     * @param turn which response, from 1
     * @param last whether no further text can follow in this run
     */
    void text(int turn, String text, boolean last);

    /** A piece of text while it streams; advisory, and void once a {@link #retry} of the same turn follows (E2.8). */
    void textDelta(int turn, String text);

    /** What a settled response cost, and where the Task's money stands after it. */
    void usage(int turn, Usage usage, Money cost, Money total, Money remaining);

    /**
     * Another attempt at the same turn will follow (E2.9).
     *
     * @param attempt the attempt that failed, from 1
     * @param delay the wait before the next one
     * @param status HTTP status of the failed attempt, if there was one
     */
    void retry(int turn, int attempt, Duration delay, OptionalInt status, FailureCode code);
}
