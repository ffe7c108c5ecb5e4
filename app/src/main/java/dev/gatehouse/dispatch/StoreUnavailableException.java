package dev.gatehouse.dispatch;

/** The task store cannot write: disk full, read-only or broken. What was not acknowledged did not happen. */
public final class StoreUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(Throwable cause) {
        super("the task store cannot write", cause);
    }
}
