package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Done, and nothing to say about it. */
public record EmptyResult() implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        return Json.object();
    }
}
