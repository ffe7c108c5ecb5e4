package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** A prompt with its blanks filled in, as one message of the user. */
public record GetPromptResult(String description, String text) implements Result {
    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object().put("description", description);
        var message = out.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text);
        return out;
    }
}
