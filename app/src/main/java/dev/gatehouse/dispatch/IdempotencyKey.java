package dev.gatehouse.dispatch;

import dev.gatehouse.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * What makes a repeated order the same order: the caller's key within one credential and one route, and what was asked under
 * it (D13.1). The key is kept as a hash, because callers put anything into it.
 *
 * @param route canonical name of the route, so that a path and its short form are one
 * @param digest SHA-256 over the canonical JSON of the body
 */
public record IdempotencyKey(String credential, String route, String keySha256, String digest) {
    /**
     * The key of one request.
     *
     * @throws IllegalArgumentException if the body holds a number that has no canonical form
     */
    public static IdempotencyKey of(String credential, String route, String key, JsonNode body) {
        return new IdempotencyKey(
                credential,
                route,
                CanonicalJson.sha256(key.getBytes(StandardCharsets.UTF_8)),
                CanonicalJson.sha256(body));
    }

    /** Where the key counts; two orders of the same scope are the same order or a mistake. */
    Scope scope() {
        return new Scope(credential, route, keySha256);
    }

    /** A key without what was asked under it. */
    record Scope(String credential, String route, String keySha256) {}

    /**
     * What was ordered under a key before.
     *
     * @param digest of the body of that order
     */
    record Known(String taskId, String digest) {}
}
