package dev.gatehouse.tool;

import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.json.Json;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture in the result of a tool, as it came. Streams, events and the audit carry {@link #description()} and never the bytes
 * (threats.md T9.2).
 *
 * @param mimeType what the tool server calls it; not trusted
 * @param base64 the bytes in standard base64, which has been decoded once
 */
public record Picture(String mimeType, String base64) {
    /** {@code {kind, mime, bytes, sha256}}. */
    public ObjectNode description() {
        var bytes = Base64.getDecoder().decode(base64);
        return Json.object()
                .put("kind", "image")
                .put("mime", mimeType)
                .put("bytes", bytes.length)
                .put("sha256", CanonicalJson.sha256(bytes));
    }

    /** The same as a line of text, for readers that take no pictures. */
    public String line() {
        var description = description();
        return "[image: " + mimeType + ", " + description.path("bytes").asInt() + " bytes, sha256 "
                + description.path("sha256").asString() + "]";
    }
}
