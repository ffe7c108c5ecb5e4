package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the members of an event within one line (D4.1). Writers of long texts cut them where it reads well; this is for what
 * nobody thought of, and leaves everything alone that is short enough.
 */
final class MemberBounds {
    /** Room for the envelope. */
    private static final int MOST = TaskEvent.MAX_LINE_BYTES - 1024;

    private static final String CUT = "truncated";

    private MemberBounds() {}

    /** The members, or a shorter form of them that says so. */
    static ObjectNode within(ObjectNode members) {
        var fitting = members;
        for (var longest = 32_768; !fits(fitting) && longest > 0; longest /= 4) {
            fitting = ((ObjectNode) cut(members, longest)).put(CUT, true);
        }
        return fitting;
    }

    private static boolean fits(ObjectNode members) {
        return Json.line(members).getBytes(StandardCharsets.UTF_8).length <= MOST;
    }

    /** Texts are cut at so many characters, lists at one item for each 128 of them. */
    private static JsonNode cut(JsonNode node, int longest) {
        if (node instanceof ObjectNode object) {
            var out = Json.object();
            object.properties().stream()
                    .limit(Math.max(32, longest / 128))
                    .forEach(member -> out.set(
                            member.getKey()
                                    .substring(
                                            0, Math.min(longest, member.getKey().length())),
                            cut(member.getValue(), longest)));
            return out;
        }
        if (node instanceof ArrayNode array) {
            var out = Json.array();
            array.valueStream().limit(longest / 128).forEach(item -> out.add(cut(item, longest)));
            return out;
        }
        return node.isString() && node.stringValue().length() > longest
                ? Json.tree(Json.wellFormed(node.stringValue().substring(0, longest)))
                : node;
    }
}
