package dev.gatehouse.robot;

import java.util.Optional;

/** The way a stop takes to the hardware. It shares no lock, queue or connection with motion (threats.md T14.3). */
public interface StopChannel {
    /**
     * Sends the stop. Any thread, any time, any number of times; prompt; torque stays on (D8.4).
     *
     * <p>From its return until the hardware confirms, {@link #halted()} is false.
     */
    void halt();

    /**
     * Whether the channel is there, found out without stopping anything (D16.2). A driver with a connection of its own says whether
     * it is up; one that reaches its hardware directly has nothing to lose. Returns promptly.
     */
    default boolean answers() {
        return true;
    }

    /** Whether the hardware has confirmed the latest {@link #halt()}. Never blocks. */
    boolean halted();

    /**
     * Asks the robot to leave the state that {@link #halt()} put it in, when a person clears the latch (D8.9).
     *
     * @return the reason if the robot refuses, such as {@code hardware_estop} (robot-md.md 10.8)
     */
    Optional<String> release();

    /** No body: there is nothing to stop, so every stop is confirmed. */
    static StopChannel none() {
        return Bodiless.INSTANCE;
    }

    /** See {@link #none()}. */
    enum Bodiless implements StopChannel {
        INSTANCE;

        @Override
        public void halt() {}

        @Override
        public boolean halted() {
            return true;
        }

        @Override
        public Optional<String> release() {
            return Optional.empty();
        }
    }
}
