package dev.gatehouse.gate;

import java.util.Locale;

/** Where a caller came in. */
public enum Surface {
    HTTP,
    CLI;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
