package dev.gatehouse.tool;

import java.util.function.Supplier;

/**
 * Something a caller can read.
 *
 * @param name short name, the last part of the URI
 * @param uri as it is listed
 * @param mimeType of the text that {@code content} gives
 * @param content reads it as it is now
 */
public record Resource(
        String name, String uri, String title, String description, String mimeType, Supplier<Content> content) {

    /** What came of reading. */
    public sealed interface Content {
        /** The text. */
        record Text(String text) implements Content {}

        /** It cannot be read now; the message is fit for a client and names no path. */
        record Unreadable(String message) implements Content {}
    }
}
