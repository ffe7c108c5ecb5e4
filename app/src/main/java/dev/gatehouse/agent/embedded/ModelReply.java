package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.Spend;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What one attempt at a model call came to. */
sealed interface ModelReply {
    /** Ends what was reserved for the attempt and says what it cost; where nobody knows what was billed, all of it is spent (E4.4). */
    Money settle(Spend.Reservation reservation);

    record Answered(ModelMessage message) implements ModelReply {
        @Override
        public Money settle(Spend.Reservation reservation) {
            return reservation.settle(message.usage());
        }
    }

    /**
     * An attempt without a complete response.
     *
     * @param retryable whether another attempt may help (E2.9)
     * @param unbilled whether it is certain that nothing was billed
     */
    record Failed(
            FailureCode code, OptionalInt status, Optional<Duration> retryAfter, boolean retryable, boolean unbilled)
            implements ModelReply {
        static Failed broken(boolean unbilled) {
            return new Failed(FailureCode.MODEL_STREAM_BROKEN, OptionalInt.empty(), Optional.empty(), true, unbilled);
        }

        @Override
        public Money settle(Spend.Reservation reservation) {
            return unbilled ? reservation.release() : reservation.settleUnknown();
        }

        /** Our own words for a person; nothing in them comes from a response (E2.10). */
        String message() {
            return switch (code) {
                case MODEL_AUTH -> "The model provider refused the caller's key.";
                case MODEL_OVERLOADED -> "The model provider is overloaded or failing; every attempt was refused.";
                case MODEL_INVALID_REQUEST -> "The model provider did not accept the request.";
                case MODEL_STREAM_BROKEN -> "The connection to the model provider broke in every attempt.";
                case INTERNAL,
                        MODEL_REFUSED,
                        MODEL_STOP_UNKNOWN,
                        OUTPUT_TRUNCATED,
                        CONTEXT_FULL,
                        ENGINE_CRASHED,
                        ENGINE_LOCKDOWN -> "The model call failed inside the engine.";
            };
        }
    }
}
