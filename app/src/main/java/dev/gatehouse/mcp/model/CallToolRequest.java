package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a tool to be used. */
public record CallToolRequest(String name, ObjectNode arguments) {
    /**
     * Reads it; arguments that are left out or null are none.
     *
     * @throws RpcException if a member is of the wrong type
     */
    public static CallToolRequest of(ObjectNode params) throws RpcException {
        var name = Params.text(params, "name");
        var arguments = params.path("arguments");
        if (arguments.isMissingNode() || arguments.isNull()) {
            return new CallToolRequest(name, Json.object());
        }
        if (!(arguments instanceof ObjectNode given)) {
            throw new RpcException(RpcError.invalidParams("arguments must be an object"));
        }
        return new CallToolRequest(name, given);
    }
}
