package dev.gatehouse.dispatch;

import java.util.List;
import java.util.Optional;

/**
 * Why something that was asked for did not happen; the code is stable API (dispatcher.md section 21).
 *
 * @param detail one sentence for a person, without paths, exception texts or secrets
 * @param retryAfterS seconds after which asking again makes sense
 */
public record Refusal(Code code, String detail, List<FieldError> errors, Optional<Integer> retryAfterS) {
    private static final int SOON_S = 5;

    /** Whoever is refused for a while is always told when to come again (3.2). */
    public Refusal {
        retryAfterS = retryAfterS.or(() -> code.passes() ? Optional.of(SOON_S) : Optional.empty());
    }

    public static Refusal of(Code code, String detail) {
        return new Refusal(code, detail, List.of(), Optional.empty());
    }

    public static Refusal later(Code code, String detail, int retryAfterS) {
        return new Refusal(code, detail, List.of(), Optional.of(retryAfterS));
    }

    public static Refusal fields(Code code, String detail, List<FieldError> errors) {
        return new Refusal(code, detail, errors, Optional.empty());
    }

    /**
     * What is wrong with one field of a body.
     *
     * @param type short stable word, for example {@code range}
     */
    public record FieldError(String field, String message, String type) {}

    /** The catalogue, with the HTTP status each code has on the wire. */
    public enum Code {
        BAD_REQUEST(400, "Bad request"),
        TOKEN_IN_URL(400, "Token in URL"),
        UNAUTHORIZED(401, "Unauthorized"),
        TIER_REQUIRED(403, "Tier required"),
        ROLE_REQUIRED(403, "Role required"),
        ORIGIN_DENIED(403, "Origin not allowed"),
        EFFECT_CEILING(403, "Effect not allowed"),
        NOT_FOUND(404, "Not Found"),
        METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
        REQUEST_TIMEOUT(408, "Request too slow"),
        BUSY(409, "Robot is busy"),
        ESTOP_LATCHED(409, "Robot is stopped"),
        MANIFEST_CHANGED(409, "Manifest changed"),
        MANIFEST_INVALID(409, "Manifest invalid"),
        ALREADY_DECIDED(409, "Already decided"),
        APPROVAL_MISMATCH(409, "Approval does not match"),
        NOT_LATCHED(409, "Not stopped"),
        LATCH_CHANGED(409, "Another stop came"),
        STOP_UNACKED(409, "Stop not confirmed"),
        IDEMPOTENCY_IN_FLIGHT(409, "Order is being created"),
        APPROVAL_EXPIRED(410, "Approval expired"),
        TOO_LARGE(413, "Body too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
        MISDIRECTED(421, "Host not allowed"),
        INVALID_REQUEST(422, "Invalid request"),
        OVER_LIMIT(422, "Over a limit"),
        PRICE_UNKNOWN(422, "Price unknown"),
        IDEMPOTENCY_MISMATCH(422, "Key used for another order"),
        TOO_MANY_FAILURES(429, "Too many failures"),
        DAILY_BUDGET(429, "Daily budget spent"),
        TOO_MANY_TASKS(429, "Too many tasks"),
        HEADERS_TOO_LARGE(431, "Headers too large"),
        INTERNAL(500, "Internal error"),
        NOT_IMPLEMENTED(501, "Not implemented"),
        ROBOT_CLEAR_FAILED(502, "Robot refused to clear"),
        NO_CAPACITY(503, "No capacity"),
        AUDIT_UNAVAILABLE(503, "Audit unavailable"),
        STARTING(503, "Starting"),
        STOPPING(503, "Stopping");

        private final int status;
        private final String title;

        Code(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        /** Whether the same request may be served a little later. */
        boolean passes() {
            return this == BUSY || status == 429 || status == 503;
        }

        public String title() {
            return title;
        }

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
