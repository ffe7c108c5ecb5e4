package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** Asks for one resource: to read it, to hear of its changes, or not to any more. */
public record ResourceRequest(String uri) {
    /**
     * Reads it.
     *
     * @throws RpcException if there is no URI
     */
    public static ResourceRequest of(ObjectNode params) throws RpcException {
        return new ResourceRequest(Params.text(params, "uri"));
    }
}
