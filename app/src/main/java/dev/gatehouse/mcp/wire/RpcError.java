package dev.gatehouse.mcp.wire;

import dev.gatehouse.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a request got no result.
 *
 * @param code of JSON-RPC 2.0, or one that MCP reserves (-32020 to -32099)
 * @param message one short sentence, fit for a client
 */
public record RpcError(int code, String message, Optional<ObjectNode> data) {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    public static final int HEADER_MISMATCH = -32020;
    public static final int MISSING_CLIENT_CAPABILITY = -32021;
    public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    /** An error without further data. */
    public static RpcError of(int code, String message) {
        return new RpcError(code, message, Optional.empty());
    }

    public static RpcError invalidRequest(String message) {
        return of(INVALID_REQUEST, message);
    }

    public static RpcError invalidParams(String message) {
        return of(INVALID_PARAMS, message);
    }

    /** A resource that there is not; the URI stands by itself as well, for clients that do not read sentences. */
    public static RpcError resourceNotFound(String uri) {
        return new RpcError(
                INVALID_PARAMS,
                "Resource " + uri + " not found",
                Optional.of(Json.object().put("uri", uri)));
    }

    public static RpcError methodNotFound(String method) {
        return of(METHOD_NOT_FOUND, "Method not found: " + abridged(method));
    }

    /** What the server does not speak, with what it does. */
    public static RpcError unsupportedVersion(String requested, List<String> supported) {
        var data = Json.object();
        data.set("supported", Json.tree(supported));
        data.put("requested", abridged(requested));
        return new RpcError(UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", Optional.of(data));
    }

    /** What the client would have to understand for this request. */
    public static RpcError missingCapability(ObjectNode required) {
        return new RpcError(
                MISSING_CLIENT_CAPABILITY,
                "Missing required client capability",
                Optional.of(Json.object().set("requiredCapabilities", required)));
    }

    ObjectNode json() {
        var out = Json.object().put("code", code).put("message", message);
        data.ifPresent(more -> out.set("data", more));
        return out;
    }

    /** A name somebody sent, short enough to be sent back. */
    private static String abridged(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
