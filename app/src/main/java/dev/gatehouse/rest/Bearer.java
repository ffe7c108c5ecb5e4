package dev.gatehouse.rest;

import dev.gatehouse.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one token that opens the bridge, kept as its hash (robot-md.md section 9). */
public final class Bearer {
    /** Whatever can be guessed in a lifetime is no token. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,512}");

    private static final Pattern HEADER = Pattern.compile("(?i)bearer[ \\t]+(\\S+)");

    private final byte[] hash;

    private Bearer(byte[] hash) {
        this.hash = hash;
    }

    /** The bearer with this token; empty unless that is 16 to 512 printable characters without blanks. */
    public static Optional<Bearer> of(String token) {
        return TOKEN.matcher(token).matches() ? Optional.of(new Bearer(hash(token))) : Optional.empty();
    }

    /** Whether a request with these Authorization headers may come in; compared in constant time. */
    boolean admits(List<String> authorization) {
        if (authorization.size() != 1) {
            return false;
        }
        var given = HEADER.matcher(authorization.getFirst().strip());
        return given.matches() && MessageDigest.isEqual(hash, hash(given.group(1)));
    }

    private static byte[] hash(String token) {
        return CanonicalJson.sha256(token.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
    }
}
