package dev.gatehouse.secret;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
 * <p>All are known only by hash. Where a model key begins is seen, so it is found wherever it stands; for bearer tokens every word
 * of their shape is hashed and looked up (D4.6), and so is each part of a longer word that could be a token of ours with something
 * put before or after it, such as the name of a tool.
 */
public final class Redactor {
    /** Words that could be a token or a key, or hold one: {@link #SHORTEST} at least, of the alphabet of base64url. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{16,}+");

    /** Nobody makes a token of this form, and it stands in every record. */
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** How every model key begins; it may go on with anything that can be printed. */
    private static final String KEY_BEGINS = "sk-ant-";

    /** Characters of the tokens that this program makes: 32 bytes in base64url. */
    private static final int TOKEN_LENGTH = 43;

    private static final int SHORTEST = 16;

    /** Characters of a hash that name a secret in a record. */
    private static final int FINGERPRINT = 12;

    private final Predicate<String> knownTokenSha256;
    /** How many pay with each key. */
    private final Map<Key, Integer> keys = new ConcurrentHashMap<>();

    private record Key(int length, String fingerprint) {
        static Key of(Secret secret) {
            return new Key(secret.length(), secret.fingerprint());
        }

        static Key of(String text) {
            return new Key(text.length(), sha256(text).substring(0, FINGERPRINT));
        }
    }

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
        keys.merge(Key.of(key), 1, Integer::sum);
    }

    /** Knows a model key no longer, once it was forgotten as often as it was made known. */
    public void forget(Secret key) {
        keys.computeIfPresent(Key.of(key), (known, payers) -> payers == 1 ? null : payers - 1);
    }

    /** The text with every known secret replaced by {@code [redacted:kind:fingerprint]}. */
    public String clean(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        return WORD.matcher(withoutKeys(text))
                .replaceAll(word -> Matcher.quoteReplacement(withoutTokens(word.group())));
    }

    private String withoutKeys(String text) {
        var at = keys.isEmpty() ? -1 : text.indexOf(KEY_BEGINS);
        if (at < 0) {
            return text;
        }
        var out = new StringBuilder();
        var done = 0;
        while (at >= 0) {
            var length = keyAt(text, at);
            if (length.isPresent()) {
                var end = at + length.getAsInt();
                out.append(text, done, at).append(shown(Key.of(text.substring(at, end))));
                done = end;
            }
            at = text.indexOf(KEY_BEGINS, Math.max(at + 1, done));
        }
        return done == 0 ? text : out.append(text, done, text.length()).toString();
    }

    /** How long the known key is that stands here, if one does. */
    private OptionalInt keyAt(String text, int at) {
        return keys.keySet().stream()
                .mapToInt(Key::length)
                .distinct()
                .filter(length -> at + length <= text.length())
                .filter(length -> keys.containsKey(Key.of(text.substring(at, at + length))))
                .max();
    }

    private String withoutTokens(String word) {
        var whole = replacement(word);
        if (whole.isPresent() || SHA256.matcher(word).matches()) {
            return whole.orElse(word);
        }
        var out = new StringBuilder();
        var done = 0;
        for (var at = 0; at + TOKEN_LENGTH <= word.length(); at++) {
            var token = replacement(word.substring(at, at + TOKEN_LENGTH));
            if (token.isPresent()) {
                out.append(word, done, at).append(token.get());
                done = at + TOKEN_LENGTH;
                at = done - 1;
            }
        }
        return done == 0 ? word : out.append(word, done, word.length()).toString();
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
        return new SecretSearch(
                        word -> replacement(word).isPresent(),
                        text -> !clean(text).equals(text))
                .finds(node);
    }

    private Optional<String> replacement(String word) {
        var sha256 = sha256(word);
        var key = new Key(word.length(), sha256.substring(0, FINGERPRINT));
        if (keys.containsKey(key)) {
            return Optional.of(shown(key));
        }
        return knownTokenSha256.test(sha256)
                ? Optional.of("[redacted:bearer:" + key.fingerprint() + "]")
                : Optional.empty();
    }

    private static String shown(Key key) {
        return "[redacted:key:" + key.fingerprint() + "]";
    }

    private static String sha256(String text) {
        return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
