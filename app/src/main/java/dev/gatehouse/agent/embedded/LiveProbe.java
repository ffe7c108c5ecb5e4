package dev.gatehouse.agent.embedded;

import dev.gatehouse.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a real model the least there is to ask: how long one word is, and for one token (dispatcher.md section 20). It costs next to nothing. */
public final class LiveProbe {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private LiveProbe() {}

    /** What did not work, in our own words; empty if the model counted and answered. */
    public static Optional<String> ask(URI modelUrl, String model, Secret key) {
        try (var client = new ModelClient(modelUrl, ModelClient.IDLE)) {
            var wire = new Transcript("Answer with one word.", List.of(), "Hello").wire();
            var request = new ModelRequest(model, 1, wire);
            if (new TokenCount(client).run(request, Optional.of(key), LIMIT)
                    instanceof TokenCount.Count.Unavailable(var failure)) {
                return Optional.of("count_tokens: " + failure.message());
            }
            try (var deltas = Deltas.unwanted()) {
                return new ModelCall(client).run(request, Optional.of(key), LIMIT, deltas)
                                instanceof ModelReply.Failed failed
                        ? Optional.of("message: " + failed.message())
                        : Optional.empty();
            }
        }
    }
}
