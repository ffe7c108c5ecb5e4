package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** Members that a request must have. */
final class Params {
    private Params() {}

    static String text(ObjectNode params, String name) throws RpcException {
        var value = params.path(name);
        if (!value.isString()) {
            throw new RpcException(RpcError.invalidParams(name + " must be a string"));
        }
        return value.asString();
    }
}
