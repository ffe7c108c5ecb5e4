package dev.gatehouse.toolserver;

/** The tool server cannot be used. The message is for the operator and quotes nothing at length. */
public final class ToolServerException extends Exception {
    private static final long serialVersionUID = 1L;

    ToolServerException(String message) {
        super(message);
    }
}
