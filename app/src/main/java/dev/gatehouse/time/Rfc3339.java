package dev.gatehouse.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** RFC 3339 UTC with milliseconds, the one form of wall time on every surface. */
public final class Rfc3339 {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /** For example {@code 2026-11-20T09:00:00.001Z}. */
    public static String format(Instant at) {
        return FORMAT.format(at);
    }
}
