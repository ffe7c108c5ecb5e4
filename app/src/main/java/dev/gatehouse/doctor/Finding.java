package dev.gatehouse.doctor;

import dev.gatehouse.json.Json;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one check found.
 *
 * @param check what was looked at, one word
 * @param what what was found
 * @param next what to do about it; empty if nothing
 */
public record Finding(String check, Level level, String what, String next) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** Works, but somebody should know. */
        WARNING,
        /** A server would not start, or not do what its owner expects. */
        PROBLEM
    }

    static Finding ok(String check, String what) {
        return new Finding(check, Level.OK, what, "");
    }

    static Finding warning(String check, String what, String next) {
        return new Finding(check, Level.WARNING, what, next);
    }

    static Finding problem(String check, String what, String next) {
        return new Finding(check, Level.PROBLEM, what, next);
    }

    ObjectNode json() {
        return Json.object()
                .put("check", check)
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("what", what)
                .put("next", next);
    }
}
