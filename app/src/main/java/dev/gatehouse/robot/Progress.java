package dev.gatehouse.robot;

/** Hears how far a motion has come. Called on the thread that executes, so it may block without disturbing the control loop. */
@FunctionalInterface
public interface Progress {
    /** {@code done} of {@code total} phases are over; the message names the phase that begins. */
    void report(int done, int total, String message);

    /** Listens to nothing. */
    static Progress none() {
        return (done, total, message) -> {};
    }
}
