package dev.gatehouse.audit;

/** The record is not known to be durable, so what it was to precede must not happen (D14.7). */
public final class AuditUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    AuditUnavailableException(String reason) {
        super("audit unavailable: " + reason);
        this.reason = reason;
    }

    /** A code as in {@link AuditHealth#reason()}. */
    public String reason() {
        return reason;
    }
}
