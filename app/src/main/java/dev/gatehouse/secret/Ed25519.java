package dev.gatehouse.secret;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Ed25519 (RFC 8032) as this program signs and checks with it. */
public final class Ed25519 {
    /** The algorithm's name, of keys and of signatures. */
    public static final String ALGORITHM = "Ed25519";

    private Ed25519() {}

    /**
     * The 64 bytes of a signature.
     *
     * @throws IllegalArgumentException if the key is of another algorithm
     */
    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }

    /** Whether the signature is of this message by this key; never throws, whatever the three are. */
    public static boolean verifies(PublicKey key, byte[] message, byte[] sig) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(sig);
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length or with an impossible point raises instead of answering.
            return false;
        }
    }
}
