package dev.gatehouse.dispatch;

/** Counts the streams of the creating caller that are open on a task (D11.1). */
final class Presence {
    private int streams;
    private long visits;
    private boolean matters;

    /** A stream opened. */
    synchronized void enter() {
        streams++;
        visits++;
        matters = true;
    }

    /** A stream ended; true if it was the last one. */
    synchronized boolean leave() {
        return --streams == 0 && matters;
    }

    /** A stream ended in order; if it was the last one, nobody is waited for any more. */
    synchronized void release() {
        matters = --streams > 0;
    }

    /** How many streams were opened so far; a number that grew says that somebody came back meanwhile. */
    synchronized long visits() {
        return visits;
    }

    /** Whether the task was watched from its start and still is to be: one that was ordered without a stream is not. */
    synchronized boolean matters() {
        return matters;
    }
}
