package dev.gatehouse.agent;

import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as the model sees it.
 *
 * @param name {@code mcp__robot__<tool>}, matching {@code [A-Za-z0-9_-]{1,64}} (E1.2)
 * @param description already cut to 2 KiB if it comes from an external server (E2.17)
 */
public record OfferedTool(String name, String description, ObjectNode inputSchema, Kind kind) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What calling the tool can do. A hint for the order of calls only: the gate decides about every call itself. */
    public enum Kind {
        /** Never actuates, whatever its arguments; such calls may run in parallel (E2.4). */
        OBSERVE,
        /** May actuate, or change anything. */
        ACTUATE,
        /** Stops the robot. Such a call is made even when no other may be (D10.1, E1.3). */
        STOP
    }

    public OfferedTool {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a tool name for a model");
        }
    }
}
