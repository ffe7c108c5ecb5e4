package dev.gatehouse.http;

import dev.gatehouse.config.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate and its key, as the usual tools write them: PEM files (dispatcher.md section 16). */
public final class TlsFiles {
    private static final Pattern KEY = Pattern.compile("(?s)-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----");
    /** Kinds of keys, each with a way to sign. */
    private static final Map<String, String> ALGORITHMS =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private TlsFiles() {}

    /**
     * Reads both.
     *
     * @param certificates the server's own first, then those that lead to its authority
     * @throws ConfigException if one cannot be read, or they do not belong together; never quotes a key
     */
    public static SSLContext read(Path certificates, Path key) throws ConfigException {
        try {
            var chain = chain(certificates);
            var secret = privateKey(key);
            if (!belong(chain[0], secret)) {
                throw new ConfigException("--tls-cert, --tls-key: the key is not that of the first certificate");
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("gatehouse", secret, new char[0], chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new ConfigException("--tls-cert, --tls-key: a file cannot be read");
        } catch (GeneralSecurityException e) {
            throw new ConfigException("--tls-cert, --tls-key: the certificate and the key cannot be used together");
        }
    }

    /** Whether what the key signs is what the certificate vouches for; the platform would find out only when somebody calls. */
    private static boolean belong(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var way = ALGORITHMS.get(key.getAlgorithm());
        if (way == null || !key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        var signing = Signature.getInstance(way);
        signing.initSign(key);
        var checking = Signature.getInstance(way);
        checking.initVerify(certificate.getPublicKey());
        return checking.verify(signing.sign());
    }

    private static Certificate[] chain(Path file) throws IOException, ConfigException {
        try {
            var all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (!all.isEmpty()) {
                return all.toArray(Certificate[]::new);
            }
        } catch (GeneralSecurityException e) {
            throw new ConfigException(file + ": holds something else than certificates in PEM");
        }
        throw new ConfigException(file + ": holds no certificate in PEM");
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException, ConfigException {
        var bytes = Files.readAllBytes(file);
        var match = KEY.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        Arrays.fill(bytes, (byte) 0);
        if (!match.find()) {
            throw new ConfigException(file + ": holds no BEGIN PRIVATE KEY; other forms are converted by: openssl pkcs8"
                    + " -topk8 -nocrypt -in OLD -out NEW");
        }
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
            for (var algorithm : ALGORITHMS.keySet()) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException e) {
                    // It is a key of another kind.
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": the key is damaged");
        }
        throw new ConfigException(file + ": not a key of RSA, EC or EdDSA");
    }
}
