package dev.gatehouse.agent.embedded;

import com.anthropic.core.JsonArray;
import com.anthropic.core.JsonBoolean;
import com.anthropic.core.JsonNull;
import com.anthropic.core.JsonNumber;
import com.anthropic.core.JsonObject;
import com.anthropic.core.JsonString;
import com.anthropic.core.JsonValue;
import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;

/** Carries our JSON trees over to the SDK, which has a Jackson of its own. */
final class SdkJson {
    private SdkJson() {}

    static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var members = new LinkedHashMap<String, JsonValue>();
                node.properties().forEach(e -> members.put(encodable(e.getKey()), value(e.getValue())));
                yield JsonObject.of(members);
            }
            case ARRAY -> {
                var items = new ArrayList<JsonValue>(node.size());
                node.forEach(item -> items.add(value(item)));
                yield JsonArray.of(items);
            }
            case STRING -> JsonString.of(encodable(node.stringValue()));
            case NUMBER -> JsonNumber.of(node.numberValue());
            case BOOLEAN -> JsonBoolean.of(node.booleanValue());
            case NULL -> JsonNull.of();
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a JSON value");
        };
    }

    /** Half a surrogate pair, which models do write, has no UTF-8 and would make the SDK refuse the whole request. */
    private static String encodable(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return Json.wellFormed(text);
            }
        }
        return text;
    }
}
