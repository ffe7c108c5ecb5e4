package dev.gatehouse.agent.embedded;

import com.anthropic.core.http.Headers;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.SseException;
import dev.gatehouse.agent.FailureCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a failed attempt means (E2.7, E2.9, E2.10). Nothing of an exception's text leaves this class. */
final class CallFailures {
    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    private CallFailures() {}

    static ModelReply.Failed classify(RuntimeException failure) {
        return switch (failure) {
            // An error event inside a stream: status 200, and something may have been generated.
            case SseException inStream -> ModelReply.Failed.broken(false);
            case AnthropicServiceException answered -> status(answered.statusCode(), answered.headers());
            case AnthropicIoException io -> ModelReply.Failed.broken(neverSent(io));
            case AnthropicException other -> ModelReply.Failed.broken(false);
            case IllegalStateException unfinished -> ModelReply.Failed.broken(false);
            default -> {
                // The class is enough to find the place; the text could quote anything.
                LOG.warn("model call failed with {}", failure.getClass().getName());
                yield new ModelReply.Failed(FailureCode.INTERNAL, OptionalInt.empty(), Optional.empty(), false, false);
            }
        };
    }

    private static ModelReply.Failed status(int status, Headers headers) {
        var code = switch (status) {
            case 401, 403 -> FailureCode.MODEL_AUTH;
            case 408, 409, 429 -> FailureCode.MODEL_OVERLOADED;
            default -> status >= 500 ? FailureCode.MODEL_OVERLOADED : FailureCode.MODEL_INVALID_REQUEST;
        };
        // A gateway that gave up waiting says nothing about what the model behind it did.
        var unbilled = status != 502 && status != 504;
        return new ModelReply.Failed(
                code, OptionalInt.of(status), retryAfter(headers), code == FailureCode.MODEL_OVERLOADED, unbilled);
    }

    /** Whole seconds only: a date would need the wall clock, and no provider of this API sends one. */
    private static Optional<Duration> retryAfter(Headers headers) {
        return headers.values("retry-after").stream()
                .filter(v -> v.matches("[0-9]{1,9}"))
                .map(v -> Duration.ofSeconds(Long.parseLong(v)))
                .findFirst();
    }

    /** Whether the failure happened before a byte of the request was sent. */
    private static boolean neverSent(AnthropicIoException failure) {
        var cause = failure.getCause();
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SSLHandshakeException;
    }
}
