package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md section 6: the provenance footer")
class ProvenanceFooterTest {
    private static final KeyPair PAIR = pair("Ed25519");
    private static final KeyPair OTHER = pair("Ed25519");
    private static final Map<String, PublicKey> KEYS = Map.of("op-1", PAIR.getPublic(), "op-2", OTHER.getPublic());

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(String text) {
        return ProvenanceFooter.sign(text, "op-1", PAIR.getPrivate());
    }

    private static Provenance check(String text) {
        return ProvenanceFooter.check(Sample.parse(text), KEYS);
    }

    @Test
    @DisplayName("signed is the UTF-8 of the text before the footer without its trailing line feeds")
    void whatIsSigned() throws GeneralSecurityException {
        var text = Sample.minimal() + "Grüße 😀\n\n\n";
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(PAIR.getPrivate());
        signature.update(text.stripTrailing().getBytes(StandardCharsets.UTF_8));
        var footer = "<!-- ROBOT-MD-SIG kid=op-1 sig=" + Base64.getEncoder().encodeToString(signature.sign()) + " -->";

        assertThat(signed(text)).isEqualTo(text.stripTrailing() + "\n" + footer + "\n");
        assertThat(check(text + footer)).isEqualTo(Provenance.VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n\n", "no line end", "\r\n", "\r\n\r\n", "line\r\n", "\r"})
    @DisplayName("a signature verifies, and line ends behind the footer or line feeds before it change nothing")
    void lineEnds(String tail) {
        for (var text : new String[] {
            Sample.minimal() + tail,
            "\uFEFF" + Sample.minimal() + tail,
            Sample.minimal().replace("\n", "\r\n") + tail,
            "---\na: b\n---" + (tail.startsWith("\n") ? tail : "")
        }) {
            var signed = signed(text);
            assertThat(check(signed)).isEqualTo(Provenance.VERIFIED);
            for (var end : new String[] {"", "\n", "\r\n", "\n\r\n\n"}) {
                assertThat(check(signed.stripTrailing() + end)).isEqualTo(Provenance.VERIFIED);
            }
            assertThat(check(signed.replace("\n<!-- ROBOT", "\n\n\n<!-- ROBOT")))
                    .isEqualTo(Provenance.VERIFIED);
            assertThat(check(signed.replace("\n<!-- ROBOT", "\r\n<!-- ROBOT"))).isEqualTo(Provenance.INVALID);
            assertThat(check(signed + " ")).isEqualTo(Provenance.NOT_LAST);
            assertThat(check(signed.stripTrailing() + "\r")).isEqualTo(Provenance.INVALID);
        }
    }

    @Test
    @DisplayName("every byte before the footer counts, whichever it is: flip any bit, drop or double any byte")
    void tampering() {
        var signed = signed(Sample.minimal() + "Grüße 😀\r\n\tend\n").getBytes(StandardCharsets.UTF_8);
        var end = new String(signed, StandardCharsets.ISO_8859_1).indexOf("\n<!--");
        for (var at = 0; at < end; at++) {
            for (var bit = 0; bit < 8; bit++) {
                var changed = signed.clone();
                changed[at] ^= (byte) (1 << bit);
                assertNotVerified(changed);
            }
            var dropped = new byte[signed.length - 1];
            System.arraycopy(signed, 0, dropped, 0, at);
            System.arraycopy(signed, at + 1, dropped, at, dropped.length - at);
            assertNotVerified(dropped);
            var doubled = new byte[signed.length + 1];
            System.arraycopy(signed, 0, doubled, 0, at + 1);
            System.arraycopy(signed, at, doubled, at + 1, signed.length - at);
            assertNotVerified(doubled);
        }
    }

    @Test
    @DisplayName("so does every character of the footer")
    void tamperingWithTheFooter() {
        var signed = signed(Sample.minimal());
        var start = signed.indexOf("<!--");
        for (var at = start; at < signed.length() - 1; at++) {
            for (var c : "A/=9 \n\u00e4-".toCharArray()) {
                if (signed.charAt(at) != c) {
                    var changed = signed.substring(0, at) + c + signed.substring(at + 1);
                    assertNotVerified(changed.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static void assertNotVerified(byte[] bytes) {
        if (ManifestParser.parse(bytes) instanceof Manifest manifest) {
            assertThat(ProvenanceFooter.check(manifest, KEYS)).isNotEqualTo(Provenance.VERIFIED);
        }
    }

    @Test
    @DisplayName("2: without a key it is unverified, with another key invalid, never valid")
    void keys() {
        var signed = signed(Sample.minimal());
        var manifest = Sample.parse(signed);
        assertThat(ProvenanceFooter.check(manifest, Map.of())).isEqualTo(Provenance.UNVERIFIED);
        assertThat(ProvenanceFooter.check(manifest, Map.of("op-3", PAIR.getPublic())))
                .isEqualTo(Provenance.UNVERIFIED);
        for (var key : new PublicKey[] {
            OTHER.getPublic(), pair("Ed448").getPublic(), pair("RSA").getPublic()
        }) {
            assertThat(ProvenanceFooter.check(manifest, Map.of("op-1", key))).isEqualTo(Provenance.INVALID);
        }
        assertThat(check(signed.replace("kid=op-1", "kid=op-2"))).isEqualTo(Provenance.INVALID);
    }

    @Test
    @DisplayName("one signature has one spelling: no missing padding, no stray bits, no other alphabet")
    void base64() {
        var signed = signed(Sample.minimal());
        assertThat(check(signed.replace("== -->", " -->"))).isEqualTo(Provenance.INVALID);
        assertThat(check(signed.replace("== -->", "= -->"))).isEqualTo(Provenance.INVALID);
        var end = signed.indexOf("== -->");
        for (var c : new char[] {'B', 'C', 'h', 'x'}) {
            assertThat(check(signed.substring(0, end - 1) + c + signed.substring(end)))
                    .isEqualTo(Provenance.INVALID);
        }
        assertThat(check(signed.replaceFirst("sig=.", "sig=-"))).isEqualTo(Provenance.INVALID);
        assertThat(check(signed.replaceFirst("sig=.*=", "sig=QUJD"))).isEqualTo(Provenance.INVALID);
    }

    @Test
    void absentAndNotLast() {
        var signed = signed(Sample.minimal());
        assertThat(check(Sample.minimal())).isEqualTo(Provenance.ABSENT);
        assertThat(check(signed.replace("<!-- ROBOT", " <!-- ROBOT"))).isEqualTo(Provenance.ABSENT);
        assertThat(check(signed + "x\n")).isEqualTo(Provenance.NOT_LAST);
        assertThat(check(signed + signed.substring(signed.indexOf("<!--")))).isEqualTo(Provenance.NOT_LAST);
        assertThat(check("---\na: b\n---\n<!-- ROBOT-MD-SIG -->\n")).isEqualTo(Provenance.INVALID);
    }

    @Test
    @DisplayName("signing again replaces the old footer, also a malformed one")
    void again() {
        var signed = signed(Sample.minimal());
        assertThat(signed(signed)).isEqualTo(signed);
        assertThat(signed(signed + "\n\n")).isEqualTo(signed);
        assertThat(signed(Sample.minimal() + "<!-- ROBOT-MD-SIG junk")).isEqualTo(signed);
        var other = ProvenanceFooter.sign(signed, "op-2", OTHER.getPrivate());
        assertThat(other).containsOnlyOnce("ROBOT-MD-SIG").contains("kid=op-2");
        assertThat(check(other)).isEqualTo(Provenance.VERIFIED);
        assertThat(signed(other)).isEqualTo(signed);
        var crlf = signed(Sample.minimal().replace("\n", "\r\n"));
        assertThat(crlf.replace("\r\n", "")).doesNotContain("\n");
        assertThat(signed(crlf)).isEqualTo(crlf);
    }

    @Test
    void noFooterCanBeMadeOfOtherKidsOrKeys() {
        for (var kid : new String[] {"", "a b", "a=b", "a\n"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProvenanceFooter.sign(Sample.minimal(), kid, PAIR.getPrivate()));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProvenanceFooter.sign(
                        Sample.minimal(), "op-1", pair("RSA").getPrivate()));
    }
}
