package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.CanonicalJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request whose body has passed {@link RequestRules}.
 *
 * @param bytes size of the body as it was sent
 * @param digest SHA-256 of the request in lower-case hexadecimal; all ids of the answer derive from it (E6.5)
 * @param stopSequence the first stop sequence the request names
 */
record MessagesRequest(
        Conversation conversation, boolean stream, long bytes, String digest, Optional<String> stopSequence) {
    /** 96 bits of a digest tell requests apart and keep ids readable. */
    private static final int SHORT = 24;

    static MessagesRequest of(JsonNode body, byte[] sent) {
        var tools = body.path("tools")
                .valueStream()
                .flatMap(tool -> tool.path("name").stringValueOpt().stream())
                .toList();
        return new MessagesRequest(
                new Conversation(List.copyOf(body.path("messages").values()), tools),
                body.path("stream").booleanValue(false),
                sent.length,
                digest(body, sent),
                body.path("stop_sequences").path(0).stringValueOpt());
    }

    String shortDigest() {
        return digest.substring(0, SHORT);
    }

    /** Of the canonical JSON, so that the order of members does not matter; of the bytes where there is no such form. */
    private static String digest(JsonNode body, byte[] sent) {
        try {
            return CanonicalJson.sha256(body);
        } catch (IllegalArgumentException noCanonicalForm) {
            return CanonicalJson.sha256(sent);
        }
    }
}
