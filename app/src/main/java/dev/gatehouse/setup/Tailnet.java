package dev.gatehouse.setup;

import java.util.Locale;

/** Whether Tailscale carries calls from other machines to the server (dispatcher.md 17.3). */
public enum Tailnet {
    /** Nobody but this machine calls. */
    NONE,
    /** The machines of one's own tailnet call. */
    SERVE,
    /** Anybody on the internet can knock. */
    FUNNEL;

    /** Lower case, as it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
