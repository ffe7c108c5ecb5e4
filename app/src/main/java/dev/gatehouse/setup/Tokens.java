package dev.gatehouse.setup;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Mints bearer tokens: 32 random bytes as 43 characters of base64url (D15.1). */
final class Tokens {
    private static final int BYTES = 32;

    private Tokens() {}

    /** A new token; the generator must be cryptographic outside tests. */
    static String mint(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
