package dev.gatehouse.mcp.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The id of a request: a string or a whole number, given back as it came. */
public record RequestId(JsonNode value) {
    /** The id a node holds; null, fractions and anything else are none. */
    public static Optional<RequestId> of(JsonNode node) {
        return node.isString() || node.isIntegralNumber() ? Optional.of(new RequestId(node)) : Optional.empty();
    }
}
