package dev.gatehouse.gate;

import java.util.Locale;

/** Rights beside the tier; none implies another (dispatcher.md 2.2). */
public enum Role {
    /** Stop the robot; every credential has it anyway, a button may have nothing else. */
    STOP,
    /** Decide the calls of others. */
    APPROVE,
    /** Open the latch again. */
    CLEAR,
    /** See and cancel all tasks. */
    ADMIN;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
