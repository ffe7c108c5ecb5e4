package dev.gatehouse.manifest;

/**
 * A ROBOT.md that could not be read or parsed.
 *
 * @param message begins with one of the stable phrases of robot-md.md 2.4; never holds a path
 */
public record Unreadable(String message) implements Reading {
    /** The file is missing, not a regular file, or cannot be read (4.7). */
    public static final String NOT_READABLE = "file not readable";
}
