package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name a robot is served under, and the ways to spell it in a URI (robot-md.md 8.2).
 *
 * @param text trimmed; the name of start-up, whatever the file says later
 */
public record RobotName(String text) {
    private static final String SCHEME = "robot-md://";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public RobotName {
        // Half a surrogate pair has no encoding, so a URI with it could be listed and never asked for.
        text = Json.wellFormed(text);
    }

    /** The name as one path segment: all but the unreserved characters of RFC 3986 percent-encoded. */
    public String encoded() {
        var out = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return out.toString();
    }

    /** Whether a text is this name: raw, encoded, or any mixture that decodes to it. */
    public boolean isSpelt(String text) {
        return text.equals(this.text) || Arrays.equals(decoded(text), this.text.getBytes(StandardCharsets.UTF_8));
    }

    /** The URI under which a kind of resource is listed. */
    String uri(String kind) {
        return SCHEME + encoded() + "/" + kind;
    }

    /** The kind a URI asks for, the text after its last slash; empty if it is about another robot. */
    Optional<String> kind(String uri) {
        var slash = uri.lastIndexOf('/');
        return uri.startsWith(SCHEME) && slash >= SCHEME.length() && isSpelt(uri.substring(SCHEME.length(), slash))
                ? Optional.of(uri.substring(slash + 1))
                : Optional.empty();
    }

    /** A percent sign that begins no octet stands for itself: a raw name may hold one. */
    private static byte[] decoded(String text) {
        var in = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(in.length);
        for (var i = 0; i < in.length; i++) {
            if (in[i] == '%'
                    && i + 2 < in.length
                    && HexFormat.isHexDigit(in[i + 1])
                    && HexFormat.isHexDigit(in[i + 2])) {
                out.write(HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
