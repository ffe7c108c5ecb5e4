package dev.gatehouse.json;

/** The text is not the JSON this program accepts. The message says why and never quotes the text. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
