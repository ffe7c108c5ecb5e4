package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The token numbers of one answer, as the Messages API reports them. */
record Usage(
        long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h, Optional<String> inferenceGeo) {

    /** Everything the request itself weighs, which is what a token count answers. */
    long prompt() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /** The usage of a whole message. */
    ObjectNode full() {
        return whole(output);
    }

    /** The usage of a message that has only begun: one token of output, which is what the real API says there. */
    ObjectNode begun() {
        return whole(Math.min(1, output));
    }

    /** The cumulative and final usage of {@code message_delta}. */
    ObjectNode cumulative() {
        return prompt(Json.object()).put("output_tokens", output);
    }

    private ObjectNode whole(long outputTokens) {
        var usage = prompt(Json.object());
        usage.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", cacheWrite5m)
                .put("ephemeral_1h_input_tokens", cacheWrite1h);
        usage.put("output_tokens", outputTokens).put("service_tier", "standard");
        inferenceGeo.ifPresent(geo -> usage.put("inference_geo", geo));
        return usage;
    }

    private ObjectNode prompt(ObjectNode usage) {
        return usage.put("input_tokens", input)
                .put("cache_creation_input_tokens", cacheWrite5m + cacheWrite1h)
                .put("cache_read_input_tokens", cacheRead);
    }
}
