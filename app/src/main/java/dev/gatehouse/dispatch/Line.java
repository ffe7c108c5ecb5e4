package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object on a stream. Many followers share one, so nobody may change it.
 *
 * @param seq number of the durable event; empty for lines that are not stored
 * @param text the object as it is sent, without the line feed
 * @param length of the text in bytes
 */
public record Line(OptionalLong seq, String type, ObjectNode json, String text, int length) {
    /** The object, written once for all who read it. */
    public static Line of(OptionalLong seq, String type, ObjectNode json) {
        var text = Json.line(json);
        return new Line(seq, type, json, text, text.getBytes(StandardCharsets.UTF_8).length);
    }
}
