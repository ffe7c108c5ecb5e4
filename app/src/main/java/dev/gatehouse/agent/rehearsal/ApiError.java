package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error answer of the Messages API.
 *
 * @param retryAfterSeconds the {@code retry-after} header, if there is to be one
 */
record ApiError(int status, ErrorType type, String message, OptionalInt retryAfterSeconds) {
    static ApiError of(ErrorType type, String message) {
        return new ApiError(type.status(), type, message, OptionalInt.empty());
    }

    static ApiError of(ErrorType type) {
        return of(type, type.message());
    }

    static ApiError invalid(String message) {
        return of(ErrorType.INVALID_REQUEST_ERROR, message);
    }

    /** The answer a script asks for; only a 429 has a {@code retry-after} unless the script states one. */
    static ApiError scripted(Fault.Http fault) {
        var type = ErrorType.ofStatus(fault.status());
        var retryAfter = fault.retryAfterSeconds().isEmpty() && type == ErrorType.RATE_LIMIT_ERROR
                ? OptionalInt.of(1)
                : fault.retryAfterSeconds();
        return new ApiError(fault.status(), type, type.message(), retryAfter);
    }

    ObjectNode body() {
        var body = Json.object().put("type", "error");
        body.putObject("error").put("type", type.wire()).put("message", message);
        return body;
    }
}
