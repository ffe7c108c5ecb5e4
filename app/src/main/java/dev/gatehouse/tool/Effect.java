package dev.gatehouse.tool;

import java.util.Locale;

/** What a call does to the world; annotations of a server never decide it (D6.1). */
public enum Effect {
    /** Looks, changes nothing. */
    OBSERVE,
    /** May move the robot. */
    ACTUATE,
    /** Stops the robot; always let through. */
    STOP,
    /** Changes what the robot is or may do. */
    ADMIN;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
