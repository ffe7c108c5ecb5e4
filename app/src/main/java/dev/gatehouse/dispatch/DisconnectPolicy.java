package dev.gatehouse.dispatch;

import java.util.Locale;

/** What happens to a task when the caller that watches it is gone (dispatcher.md section 11). */
public enum DisconnectPolicy {
    /** Stop at once, hold with torque on. */
    STOP,
    /** Let the running call end, start no other. */
    FINISH_STEP,
    /** Go on. */
    CONTINUE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
