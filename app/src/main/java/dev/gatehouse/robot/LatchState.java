package dev.gatehouse.robot;

import java.time.Instant;

/**
 * One latching: who set it, when and why.
 *
 * @param latchId {@code est-…}; a person who clears names it (D8.9)
 * @param reason at most {@value #MAX_REASON} characters
 */
public record LatchState(String latchId, Instant since, String by, String reason) {
    /** Longest reason kept (D8.1); the rest of a longer one is dropped, because a stop is never refused. */
    public static final int MAX_REASON = 500;

    public LatchState {
        by = cut(by);
        reason = cut(reason);
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }
}
