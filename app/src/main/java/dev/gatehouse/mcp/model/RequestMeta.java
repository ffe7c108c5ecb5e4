package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says about itself in {@code _meta}.
 *
 * @param progressToken wanted with every message about progress
 * @param tasks whether the client understands that a call becomes a task
 */
public record RequestMeta(Optional<JsonNode> progressToken, boolean tasks) {
    /** Identifier of the extension for tasks. */
    public static final String TASKS = "io.modelcontextprotocol/tasks";

    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    /** The revision a request names for itself; empty for a request of the time of handshakes. */
    public static Optional<String> version(ObjectNode params) {
        var version = params.path("_meta").path(VERSION);
        return version.isMissingNode() ? Optional.empty() : Optional.of(version.asString(""));
    }

    /**
     * The revision a request that needs no handshake must name.
     *
     * @throws RpcException if it names none
     */
    public static String requiredVersion(ObjectNode params) throws RpcException {
        return version(params)
                .orElseThrow(() -> new RpcException(
                        RpcError.invalidParams("_meta must hold " + VERSION + ", or initialize must come first")));
    }

    /**
     * The metadata of a request that needs no handshake.
     *
     * @throws RpcException if a required member is missing or of the wrong type
     */
    public static RequestMeta stateless(ObjectNode params) throws RpcException {
        var capabilities = params.path("_meta").path(CAPABILITIES);
        if (!capabilities.isObject()) {
            throw new RpcException(RpcError.invalidParams("_meta must hold " + CAPABILITIES + ", an object"));
        }
        return new RequestMeta(
                token(params), capabilities.path("extensions").path(TASKS).isObject());
    }

    /** The metadata of a request after a handshake. */
    public static RequestMeta afterHandshake(ObjectNode params) {
        return new RequestMeta(token(params), false);
    }

    private static Optional<JsonNode> token(ObjectNode params) {
        var token = params.path("_meta").path("progressToken");
        return token.isString() || token.isIntegralNumber() ? Optional.of(token) : Optional.empty();
    }
}
