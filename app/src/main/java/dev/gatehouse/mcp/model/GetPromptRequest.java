package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the words of a prompt. */
public record GetPromptRequest(String name, Map<String, String> arguments) {
    public GetPromptRequest {
        arguments = Map.copyOf(arguments);
    }

    /**
     * Reads it.
     *
     * @throws RpcException if an argument is not a string
     */
    public static GetPromptRequest of(ObjectNode params) throws RpcException {
        var arguments = new LinkedHashMap<String, String>();
        for (var argument : params.path("arguments").properties()) {
            if (!argument.getValue().isString()) {
                throw new RpcException(RpcError.invalidParams("prompt arguments must be strings"));
            }
            arguments.put(argument.getKey(), argument.getValue().asString());
        }
        return new GetPromptRequest(Params.text(params, "name"), arguments);
    }
}
