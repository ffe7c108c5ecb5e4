package dev.gatehouse.mcp.model;

import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Asks to hear of changes. Lists never change here, so only the resources that were named matter. */
public record ListenRequest(List<String> uris) {
    public ListenRequest {
        uris = List.copyOf(uris);
    }

    /**
     * Reads it.
     *
     * @throws RpcException if there is no filter, or it names something else than strings
     */
    public static ListenRequest of(ObjectNode params) throws RpcException {
        var filter = params.path("notifications");
        var named = filter.path("resourceSubscriptions");
        if (!filter.isObject() || !(named.isMissingNode() || named.isArray())) {
            throw new RpcException(RpcError.invalidParams("notifications must be an object that says what to send"));
        }
        var uris = new ArrayList<String>();
        for (var uri : named) {
            if (!uri.isString()) {
                throw new RpcException(RpcError.invalidParams("resourceSubscriptions must hold strings"));
            }
            uris.add(uri.asString());
        }
        return new ListenRequest(uris);
    }
}
