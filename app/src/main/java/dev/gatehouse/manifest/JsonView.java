package dev.gatehouse.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Turns a frontmatter tree into a JSON tree, with a stand-in for the numbers JSON has not. */
final class JsonView {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

    private JsonView() {}

    static JsonNode of(@Nullable Object value, JsonNode nonFinite) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Number number -> number(Numbers.canonical(number), nonFinite);
            case List<?> list -> {
                var array = NODES.arrayNode(list.size());
                list.forEach(item -> array.add(of(item, nonFinite)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                map.forEach((key, member) -> object.set(String.valueOf(key), of(member, nonFinite)));
                yield object;
            }
            default -> NODES.stringNode(value.toString());
        };
    }

    private static JsonNode number(Number canonical, JsonNode nonFinite) {
        return switch (canonical) {
            case BigInteger whole
            when whole.compareTo(MAX_LONG) <= 0 && whole.compareTo(MIN_LONG) >= 0 ->
                NODES.numberNode(whole.longValue());
            case BigInteger whole -> NODES.numberNode(whole);
            case BigDecimal decimal -> NODES.numberNode(decimal);
            default -> nonFinite;
        };
    }
}
