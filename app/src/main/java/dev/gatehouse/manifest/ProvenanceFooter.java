package dev.gatehouse.manifest;

import dev.gatehouse.secret.Ed25519;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The provenance footer: a signature in an HTML comment on the last line (robot-md.md section 6).
 *
 * <p>Signed is the UTF-8 of everything before the footer, a byte order mark included, without the line feeds at its end. Line ends behind
 * the footer mean nothing; any other character there means that the footer is not the last line.
 */
public final class ProvenanceFooter {
    private static final String START = "<!-- ROBOT-MD-SIG";
    private static final Pattern FORM =
            Pattern.compile("<!-- ROBOT-MD-SIG kid=([^\\s=]++) sig=([A-Za-z0-9+/]++={0,2}) -->");

    private ProvenanceFooter() {}

    /** Judges the footer by the Ed25519 keys the operator configured, by kid. */
    public static Provenance check(Manifest manifest, Map<String, PublicKey> keys) {
        var body = manifest.body();
        var footer = firstLine(body);
        if (footer < 0) {
            return Provenance.ABSENT;
        }
        var line = withoutLineEnds(body.substring(footer));
        if (line.indexOf('\n') >= 0) {
            return Provenance.NOT_LAST;
        }
        var parts = FORM.matcher(line);
        if (!parts.matches()) {
            return Provenance.INVALID;
        }
        var key = keys.get(parts.group(1));
        if (key == null) {
            return Provenance.UNVERIFIED;
        }
        var text = manifest.rawText();
        var signed = signed(text.substring(0, text.length() - body.length() + footer));
        return verifies(key, signed, parts.group(2)) ? Provenance.VERIFIED : Provenance.INVALID;
    }

    /**
     * The text with a footer of this key, which takes the place of the footer it may have had.
     *
     * @throws IllegalArgumentException if the kid cannot stand in a footer or the key is no Ed25519 key
     */
    public static String sign(String text, String kid, PrivateKey key) {
        var bare = withoutLineEnds(text);
        var last = bare.lastIndexOf('\n') + 1;
        var signed = signed(bare.startsWith(START, last) ? bare.substring(0, last) : text);
        var sig = Base64.getEncoder().encodeToString(Ed25519.sign(key, signed.getBytes(StandardCharsets.UTF_8)));
        var footer = START + " kid=" + kid + " sig=" + sig + " -->";
        if (!FORM.matcher(footer).matches()) {
            throw new IllegalArgumentException("not a kid for a footer");
        }
        // The carriage return before the footer's line feed is part of what is signed.
        return signed + "\n" + footer + (signed.endsWith("\r") ? "\r\n" : "\n");
    }

    static List<Warning> warnings(Manifest manifest) {
        return switch (check(manifest, Map.of())) {
            case ABSENT -> List.of();
            case NOT_LAST -> warning("a provenance footer is not the last line, so it signs nothing");
            case INVALID -> warning("the provenance footer is invalid");
            case UNVERIFIED, VERIFIED -> warning("a provenance footer is present and has not been verified");
        };
    }

    /** Where the first line begins that looks like a footer, or -1. */
    private static int firstLine(String body) {
        if (body.startsWith(START)) {
            return 0;
        }
        var lineFeed = body.indexOf("\n" + START);
        return lineFeed < 0 ? -1 : lineFeed + 1;
    }

    private static String signed(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String withoutLineEnds(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end -= text.startsWith("\r\n", end - 2) ? 2 : 1;
        }
        return text.substring(0, end);
    }

    private static boolean verifies(PublicKey key, String signed, String sig) {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(sig);
        } catch (IllegalArgumentException e) {
            return false;
        }
        // One signature, one spelling: the decoder forgives missing padding and stray bits.
        return Base64.getEncoder().encodeToString(raw).equals(sig)
                && Ed25519.verifies(key, signed.getBytes(StandardCharsets.UTF_8), raw);
    }

    private static List<Warning> warning(String text) {
        return List.of(Warning.inBody(WarningCode.SIGNATURE, text));
    }
}
