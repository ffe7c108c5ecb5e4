package dev.gatehouse.dispatch;

/** How much of a task's log a follower wants; a level only ever removes events (D4.3). */
public enum StreamLevel {
    /** How it started, what a person must know, how it ended. */
    RESULT,
    /** What happened, without the bodies of tool results. */
    PROGRESS,
    /** Everything; needs the flag of the credential (threats.md T27). */
    FULL;

    /** Whether a follower at this level sees an event of the given level. */
    public boolean shows(StreamLevel event) {
        return event.compareTo(this) <= 0;
    }
}
