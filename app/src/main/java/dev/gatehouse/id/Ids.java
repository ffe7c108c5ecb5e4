package dev.gatehouse.id;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Mints ids such as {@code tsk-0c1…}: the prefix of the kind and 26 characters of lower-case Crockford base32 (D1.3). */
public final class Ids {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;

    private final RandomGenerator random;

    /** Ids from the platform's cryptographic generator. */
    public Ids() {
        this(new SecureRandom());
    }

    /** Ids from the given generator, which must be cryptographic outside tests. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new id of the given kind. */
    public String mint(Kind kind) {
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        var out = new StringBuilder(kind.prefix).append('-');
        for (var b : bytes) {
            out.append(ALPHABET[b & 31]);
        }
        return out.toString();
    }

    /** What an id names. */
    public enum Kind {
        TASK("tsk"),
        APPROVAL("apr"),
        CALL("cal"),
        LATCH("est"),
        CREDENTIAL("crd"),
        REQUEST("req"),
        BOOT("b");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }
}
