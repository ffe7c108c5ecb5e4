package dev.gatehouse.agent.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The error types of the Messages API, each with its HTTP status and the sentence this endpoint says with it. */
enum ErrorType {
    INVALID_REQUEST_ERROR(400, "The script asks for an invalid request"),
    AUTHENTICATION_ERROR(401, "invalid x-api-key"),
    BILLING_ERROR(402, "The script asks for a billing error"),
    PERMISSION_ERROR(403, "The key does not have permission to use the specified resource"),
    NOT_FOUND_ERROR(404, "Not Found"),
    REQUEST_TOO_LARGE(413, "Request exceeds the maximum size"),
    RATE_LIMIT_ERROR(429, "This request would exceed the rate limit"),
    API_ERROR(500, "Internal server error"),
    TIMEOUT_ERROR(504, "Request timed out"),
    OVERLOADED_ERROR(529, "Overloaded");

    private final int status;
    private final String message;

    ErrorType(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ErrorType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }

    /** The type that stands in the body of an error status, also of a status that has no type of its own. */
    static ErrorType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST_ERROR : API_ERROR);
    }
}
