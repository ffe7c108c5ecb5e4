package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.secret.Ed25519;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signed statement how far the log had got: {@code head.json} (D14.6). It makes a cut tail visible.
 *
 * @param last the last durable record when it was signed
 * @param bytes length of all segments up to and including that record
 */
record Head(Link last, long bytes, String ts, String kid, String sig) {
    static final String FILE = "head.json";

    private static final Set<String> MEMBERS = Set.of("seq", "hash", "bytes", "ts", "kid", "sig");

    /** Signs a new head with Ed25519 over its canonical JSON without {@code sig}. */
    static Head sign(Link last, long bytes, Instant at, SigningKey key) {
        var unsigned = unsigned(last, bytes, Draft.time(at), key.kid());
        var sig = Base64.getEncoder().encodeToString(key.sign(CanonicalJson.bytes(unsigned)));
        return new Head(last, bytes, Draft.time(at), key.kid(), sig);
    }

    /** The content of the file: canonical JSON and a line feed. */
    byte[] file() {
        var text = CanonicalJson.text(unsigned(last, bytes, ts, kid).put("sig", sig)) + '\n';
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the file; empty unless it is, byte for byte, what {@link #file()} would write and the key signed it. */
    static Optional<Head> read(byte[] file, PublicKey key) {
        try {
            var node = Json.read(file);
            var names = node.properties().stream().map(m -> m.getKey()).collect(Collectors.toSet());
            if (!names.equals(MEMBERS) || !typed(node)) {
                return Optional.empty();
            }
            var link = new Link(node.get("seq").longValue(), node.get("hash").stringValue());
            var head = new Head(
                    link,
                    node.get("bytes").longValue(),
                    node.get("ts").stringValue(),
                    node.get("kid").stringValue(),
                    node.get("sig").stringValue());
            return Arrays.equals(head.file(), file) && head.signedBy(key) ? Optional.of(head) : Optional.empty();
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean typed(JsonNode node) {
        return node.get("seq").canConvertToLong()
                && node.get("seq").isIntegralNumber()
                && node.get("bytes").canConvertToLong()
                && node.get("bytes").isIntegralNumber()
                && Set.of("hash", "ts", "kid", "sig").stream()
                        .allMatch(name -> node.get(name).isString());
    }

    private boolean signedBy(PublicKey key) {
        // Base64 has idle bits at its end; only the one encoding that we write is accepted.
        var raw = Base64.getDecoder().decode(sig);
        return Base64.getEncoder().encodeToString(raw).equals(sig)
                && kid.equals(SigningKey.kid(key))
                && Ed25519.verifies(key, CanonicalJson.bytes(unsigned(last, bytes, ts, kid)), raw);
    }

    private static ObjectNode unsigned(Link last, long bytes, String ts, String kid) {
        return Json.object()
                .put("seq", last.seq())
                .put("hash", last.hash())
                .put("bytes", bytes)
                .put("ts", ts)
                .put("kid", kid);
    }
}
