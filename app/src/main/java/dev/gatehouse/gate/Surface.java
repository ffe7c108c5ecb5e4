package dev.gatehouse.gate;

import java.util.Locale;

/** Where a caller came in. */
public enum Surface {
    HTTP,
    MCP_HTTP,
    MCP_STDIO,
    CLI;

    /** The name in the audit. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
