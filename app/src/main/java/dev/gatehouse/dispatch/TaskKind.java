package dev.gatehouse.dispatch;

import java.util.Locale;

/** Who does the work of a task (D1.2). */
public enum TaskKind {
    /** A model session that drives gated tools. */
    AGENT,
    /** One call of a tool that may take longer than its caller likes to wait on a connection (MCP tasks). */
    CALL,
    /** A fixed command on an allowlisted repository. */
    LANE,
    /** Another Gatehouse; reserved, creating one is refused. */
    PEER;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
