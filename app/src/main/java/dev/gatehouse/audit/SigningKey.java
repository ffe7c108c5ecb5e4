package dev.gatehouse.audit;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Ed25519;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * The Ed25519 key that signs the head: {@code key.ed25519} (PKCS#8 PEM, 0600) with {@code key.ed25519.pub} (SPKI PEM) beside it.
 *
 * @param kid first 16 hexadecimal characters of the SHA-256 of the public key's SPKI encoding
 */
record SigningKey(PrivateKey secret, PublicKey open, String kid) {
    private static final String FILE = "key.ed25519";

    static Path publicFile(Path directory) {
        return directory.resolve(FILE + ".pub");
    }

    /** Makes a new pair; the public file is written first, so that a secret without one never exists. */
    static SigningKey create(Path directory, AuditDisk disk) throws IOException {
        try {
            var pair = KeyPairGenerator.getInstance(Ed25519.ALGORITHM).generateKeyPair();
            disk.replace(
                    publicFile(directory), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            disk.replace(
                    directory.resolve(FILE),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            return new SigningKey(pair.getPrivate(), pair.getPublic(), kid(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /**
     * Reads the pair of an existing log.
     *
     * @throws IOException if a file is missing, malformed or readable by others, or the two do not belong together
     */
    static SigningKey load(Path directory) throws IOException {
        var file = directory.resolve(FILE);
        var mode = Files.getPosixFilePermissions(file);
        if (mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("the audit signing key can be read by others");
        }
        var open = readPublic(Files.readAllBytes(publicFile(directory)))
                .orElseThrow(() -> new IOException("the audit public key is malformed"));
        try {
            var encoded = body("PRIVATE KEY", Files.readAllBytes(file))
                    .orElseThrow(() -> new IOException("the audit signing key is malformed"));
            var secret = KeyFactory.getInstance(Ed25519.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            var key = new SigningKey(secret, open, kid(open));
            var probe = "probe".getBytes(StandardCharsets.US_ASCII);
            if (!Ed25519.verifies(open, probe, key.sign(probe))) {
                throw new IOException("the audit keys do not belong together");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("the audit signing key is malformed", e);
        }
    }

    /** Reads a public key file; empty unless it is exactly the form {@link #create} writes, so that no byte of it is idle. */
    static Optional<PublicKey> readPublic(byte[] file) {
        return body("PUBLIC KEY", file).flatMap(encoded -> {
            try {
                var key = KeyFactory.getInstance(Ed25519.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
                return Optional.of(key);
            } catch (GeneralSecurityException e) {
                return Optional.empty();
            }
        });
    }

    static String kid(PublicKey key) {
        return CanonicalJson.sha256(key.getEncoded()).substring(0, 16);
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(secret, message);
    }

    private static byte[] pem(String kind, byte[] encoded) {
        return ("-----BEGIN " + kind + "-----\n" + Base64.getEncoder().encodeToString(encoded) + "\n-----END " + kind
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<byte[]> body(String kind, byte[] file) {
        var text = new String(file, StandardCharsets.ISO_8859_1);
        var start = "-----BEGIN " + kind + "-----\n";
        var end = "\n-----END " + kind + "-----\n";
        if (!text.startsWith(start) || !text.endsWith(end) || text.length() < start.length() + end.length()) {
            return Optional.empty();
        }
        try {
            var encoded = Base64.getDecoder().decode(text.substring(start.length(), text.length() - end.length()));
            return new String(pem(kind, encoded), StandardCharsets.ISO_8859_1).equals(text)
                    ? Optional.of(encoded)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
