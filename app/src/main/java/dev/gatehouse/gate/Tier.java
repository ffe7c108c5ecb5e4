package dev.gatehouse.gate;

import java.util.Locale;

/** How far a credential reaches, weakest first (dispatcher.md 2.2). */
public enum Tier {
    /** Only what roles grant, and the stop. */
    NONE,
    READ,
    ACTUATE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
