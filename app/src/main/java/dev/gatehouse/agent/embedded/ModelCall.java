package dev.gatehouse.agent.embedded;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.gatehouse.agent.embedded.MessageAssembler.BrokenStreamException;
import dev.gatehouse.secret.Secret;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** One attempt at a streamed model call. Exceptions of the SDK end here: their texts quote response bodies. */
final class ModelCall {
    private final ModelClient client;

    ModelCall(ModelClient client) {
        this.client = client;
    }

    /**
     * Makes the call and reads the stream to its end.
     *
     * @param limit the most it may take as a whole
     */
    ModelReply run(ModelRequest request, Optional<Secret> key, Duration limit, Deltas deltas) {
        StreamResponse<RawMessageStreamEvent> response;
        try {
            response = client.stream(request, key, limit);
        } catch (RuntimeException e) {
            return CallFailures.classify(e);
        }
        try (response) {
            return read(response.stream().iterator(), deltas);
        } catch (BrokenStreamException e) {
            return ModelReply.Failed.broken(false);
        }
    }

    private static ModelReply read(Iterator<RawMessageStreamEvent> events, Deltas deltas) throws BrokenStreamException {
        var assembler = new MessageAssembler();
        while (!assembler.complete()) {
            Optional<String> text;
            try {
                if (!events.hasNext()) {
                    throw new BrokenStreamException();
                }
                text = assembler.add(events.next());
            } catch (RuntimeException e) {
                return CallFailures.classify(e);
            }
            text.filter(t -> !t.isEmpty()).ifPresent(deltas::text);
        }
        return new ModelReply.Answered(assembler.message());
    }
}
