package dev.gatehouse.gate;

import java.util.Locale;

/** The steps of the door, in order (dispatcher.md 6.1). */
public enum Step {
    IDENTITY,
    TIER,
    TOOL,
    MANIFEST,
    INTERLOCK,
    APPROVAL,
    LEASE,
    AUDIT,
    ACT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a refusal here is shown as an error rather than as an ordinary result (D6.2). */
    boolean refusalIsError() {
        return this == IDENTITY || this == TIER || this == TOOL || this == AUDIT;
    }
}
