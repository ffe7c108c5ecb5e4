package dev.gatehouse.secret;

import dev.gatehouse.json.CanonicalJson;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A value that may be used but not shown: a model key or a bearer token.
 *
 * <p>It prints as {@code [secret]}, has identity equality, and is wiped when its owner ends (threats.md T8.4).
 */
public final class Secret implements AutoCloseable {
    private static final int FRESH_BYTES = 32;

    private final char[] value;
    private final String fingerprint;
    private volatile boolean wiped;

    private Secret(char[] value) {
        this.value = value;
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        var exact = new byte[bytes.remaining()];
        bytes.get(exact);
        this.fingerprint = CanonicalJson.sha256(exact).substring(0, 12);
        Arrays.fill(exact, (byte) 0);
    }

    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /**
     * One that nobody can guess: 256 random bits as 43 characters of base64url (dispatcher.md D15.1).
     *
     * @param random must be cryptographic outside tests
     */
    public static Secret fresh(RandomGenerator random) {
        var bytes = new byte[FRESH_BYTES];
        random.nextBytes(bytes);
        return of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** First 12 hexadecimal characters of the SHA-256 of the value: safe to log, as 0.2.0 did (D14.5). */
    public String fingerprint() {
        return fingerprint;
    }

    /** How many characters it has, also after its end. */
    int length() {
        return value.length;
    }

    /**
     * The value itself, for the one line that puts it on a wire. Never store, log or concatenate it.
     *
     * @throws IllegalStateException if it was wiped
     */
    public String reveal() {
        if (wiped) {
            throw new IllegalStateException("secret used after its task ended");
        }
        return new String(value);
    }

    /** Wipes the value. Harmless when repeated. */
    @Override
    public void close() {
        wiped = true;
        Arrays.fill(value, '\0');
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
