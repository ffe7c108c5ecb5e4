package dev.gatehouse.agent.embedded;

import dev.gatehouse.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/** Asks the provider how long a prompt is. One attempt: there is a bound to fall back on (E4.2). */
final class TokenCount {
    private static final long MARGIN = 512;

    private final ModelClient client;

    TokenCount(ModelClient client) {
        this.client = client;
    }

    /** What came of it. */
    sealed interface Count {
        /** The count plus a tenth, rounded up, plus {@value #MARGIN}. */
        record Known(long bound) implements Count {}

        record Unavailable(ModelReply.Failed failure) implements Count {}
    }

    Count run(ModelRequest request, Optional<Secret> key, Duration limit) {
        try {
            var tokens = client.countTokens(request, key, limit);
            return tokens < 0 || tokens > Integer.MAX_VALUE
                    ? new Count.Unavailable(ModelReply.Failed.broken(true))
                    : new Count.Known(Math.ceilDiv(tokens * 11, 10) + MARGIN);
        } catch (RuntimeException e) {
            return new Count.Unavailable(CallFailures.classify(e));
        }
    }
}
