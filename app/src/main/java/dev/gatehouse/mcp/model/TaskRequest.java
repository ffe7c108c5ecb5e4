package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** Asks for something about one task. */
public record TaskRequest(String taskId) {
    /**
     * Reads it.
     *
     * @throws RpcException if there is no id
     */
    public static TaskRequest of(ObjectNode params) throws RpcException {
        return new TaskRequest(Params.text(params, "taskId"));
    }
}
