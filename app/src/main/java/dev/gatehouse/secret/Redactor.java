package dev.gatehouse.secret;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds known secrets in text and takes them out.
 *
 * <p>Model keys are known by value while their task lives; bearer tokens are known only by hash, so every word of their
 * shape is hashed and looked up (D4.6).
 */
public final class Redactor {
    /** Words that could be a token or a key: {@link #SHORTEST} at least, of the alphabet of base64url. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{16,512}");

    private static final int SHORTEST = 16;

    private final Predicate<String> knownTokenSha256;
    /** How many pay with each key. */
    private final Map<String, Integer> keyFingerprints = new ConcurrentHashMap<>();

    /**
     * A redactor that knows the given tokens.
     *
     * @param knownTokenSha256 tells for a hexadecimal SHA-256 whether it is that of a token in force
     */
    public Redactor(Predicate<String> knownTokenSha256) {
        this.knownTokenSha256 = knownTokenSha256;
    }

    /** Knows a model key from now on. */
    public void know(Secret key) {
        keyFingerprints.merge(key.fingerprint(), 1, Integer::sum);
    }

    /** Knows a model key no longer, once it was forgotten as often as it was made known. */
    public void forget(Secret key) {
        keyFingerprints.computeIfPresent(key.fingerprint(), (fingerprint, payers) -> payers == 1 ? null : payers - 1);
    }

    /** The text with every known secret replaced by {@code [redacted:kind:fingerprint]}. */
    public String clean(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        return WORD.matcher(text)
                .replaceAll(word ->
                        Matcher.quoteReplacement(replacement(word.group()).orElse(word.group())));
    }

    /** A copy of the tree with every known secret replaced, in member names too. */
    public JsonNode clean(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var out = Json.object();
                object.properties().forEach(e -> out.set(clean(e.getKey()), clean(e.getValue())));
                yield out;
            }
            case ArrayNode array -> {
                var out = Json.array();
                array.forEach(item -> out.add(clean(item)));
                yield out;
            }
            default -> node.isString() ? Json.tree(clean(node.stringValue())) : node;
        };
    }

    /** Whether a known secret stands anywhere in the tree, also in pieces, in Base64 or percent-encoded (D6.5). */
    public boolean finds(JsonNode node) {
        return new SecretSearch(word -> replacement(word).isPresent()).finds(node);
    }

    private Optional<String> replacement(String word) {
        var sha256 = CanonicalJson.sha256(word.getBytes(StandardCharsets.UTF_8));
        var fingerprint = sha256.substring(0, 12);
        if (keyFingerprints.containsKey(fingerprint)) {
            return Optional.of("[redacted:key:" + fingerprint + "]");
        }
        return knownTokenSha256.test(sha256) ? Optional.of("[redacted:bearer:" + fingerprint + "]") : Optional.empty();
    }
}
