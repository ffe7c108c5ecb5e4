package dev.gatehouse.mcp.wire;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages, whatever they are, and makes the ones that go back. */
public final class Frames {
    private Frames() {}

    /** The message in these bytes, which must be UTF-8 and exactly one JSON value. */
    public static Frame read(ByteBuffer utf8) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(utf8);
            return of(Json.read(text.toString()));
        } catch (CharacterCodingException e) {
            return new Frame.Malformed(Optional.empty(), RpcError.of(RpcError.PARSE_ERROR, "not valid UTF-8"));
        } catch (MalformedJsonException e) {
            return new Frame.Malformed(
                    Optional.empty(), RpcError.of(RpcError.PARSE_ERROR, String.valueOf(e.getMessage())));
        }
    }

    private static Frame of(JsonNode node) {
        if (node instanceof ObjectNode message) {
            return single(message);
        }
        if (node instanceof ArrayNode several && !several.isEmpty()) {
            var frames = new ArrayList<Frame>();
            several.forEach(item -> frames.add(
                    item instanceof ObjectNode message ? single(message) : malformed(item, "not an object")));
            return new Frame.Batch(frames);
        }
        return malformed(node, "a message is an object");
    }

    private static Frame single(ObjectNode message) {
        if (!message.path("jsonrpc").asString("").equals("2.0")) {
            return malformed(message, "jsonrpc must be \"2.0\"");
        }
        var method = message.path("method");
        if (method.isMissingNode() && (message.has("result") || message.has("error"))) {
            return new Frame.Response();
        }
        if (!method.isString()) {
            return malformed(message, "method must be a string");
        }
        if (!message.path("params").isMissingNode() && !message.path("params").isObject()) {
            return malformed(message, "params must be an object");
        }
        var params = message.get("params") instanceof ObjectNode given ? given : Json.object();
        if (!message.has("id")) {
            return new Frame.Notification(method.asString(), params);
        }
        return RequestId.of(message.path("id"))
                .<Frame>map(id -> new Frame.Request(id, method.asString(), params))
                .orElseGet(() -> malformed(message, "id must be a string or a whole number"));
    }

    private static Frame malformed(JsonNode message, String why) {
        return new Frame.Malformed(RequestId.of(message.path("id")), RpcError.invalidRequest(why));
    }

    /** The answer to a request. */
    public static ObjectNode result(RequestId id, ObjectNode result) {
        var out = Json.object().put("jsonrpc", "2.0");
        out.set("id", id.value());
        out.set("result", result);
        return out;
    }

    /** The refusal of a request. Without an id none is sent: clients of all revisions accept that, and some refuse a null. */
    public static ObjectNode error(Optional<RequestId> id, RpcError error) {
        var out = Json.object().put("jsonrpc", "2.0");
        id.ifPresent(known -> out.set("id", known.value()));
        out.set("error", error.json());
        return out;
    }

    /** A message that wants no answer. */
    public static ObjectNode notification(String method, ObjectNode params) {
        var out = Json.object().put("jsonrpc", "2.0").put("method", method);
        out.set("params", params);
        return out;
    }
}
