package dev.gatehouse.manifest;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's leave to sign a manifest again after a change (robot-md.md section 6, rule 4).
 *
 * @param kid names the key in the footer
 * @param trusted the keys by whose footers a file counts as signed, by kid; holds the public half of {@code key}
 */
public record FooterSigner(String kid, PrivateKey key, Map<String, PublicKey> trusted) {
    public FooterSigner {
        trusted = Map.copyOf(trusted);
    }

    /**
     * The changed text of a signed manifest, signed; empty if what was there did not verify, because a new footer would then vouch for
     * somebody else's change, or if the result would not verify.
     */
    Optional<String> signAgain(Manifest before, String text) {
        return verifies(before)
                ? Optional.of(ProvenanceFooter.sign(text, kid, key))
                        .filter(signed -> verifies(ManifestParser.parse(signed.getBytes(StandardCharsets.UTF_8))))
                : Optional.empty();
    }

    private boolean verifies(Reading reading) {
        return reading instanceof Manifest manifest && ProvenanceFooter.check(manifest, trusted) == Provenance.VERIFIED;
    }

    @Override
    public String toString() {
        return "FooterSigner[" + kid + "]";
    }
}
