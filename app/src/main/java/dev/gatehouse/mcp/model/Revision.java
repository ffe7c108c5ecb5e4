package dev.gatehouse.mcp.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The revisions of MCP that are spoken, oldest first. */
public enum Revision {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    /** The first without a handshake: every request says by itself what it speaks. */
    V2026_07_28("2026-07-28");

    private final String wire;

    Revision(String wire) {
        this.wire = wire;
    }

    /** The name on the wire, a date. */
    public String wire() {
        return wire;
    }

    /** The revision of this name. */
    public static Optional<Revision> named(String wire) {
        return Arrays.stream(values()).filter(r -> r.wire.equals(wire)).findFirst();
    }

    /** The newest revision with a handshake. */
    public static Revision latestWithHandshake() {
        return V2025_11_25;
    }

    /** All names, newest first. */
    public static List<String> allNewestFirst() {
        return Arrays.stream(values())
                .sorted(Comparator.reverseOrder())
                .map(Revision::wire)
                .toList();
    }

    /** Whether every request carries its revision, and every result says what it is. */
    public boolean stateless() {
        return this == V2026_07_28;
    }

    /** Whether several messages may come in one (added by one revision, removed by the next). */
    public boolean batches() {
        return this == V2025_03_26;
    }

    /** Whether tools may carry annotations. */
    public boolean annotations() {
        return compareTo(V2025_03_26) >= 0;
    }

    /** Whether there are titles, output schemas and structured results. */
    public boolean structured() {
        return compareTo(V2025_06_18) >= 0;
    }
}
