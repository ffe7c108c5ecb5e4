package dev.gatehouse.mcp.model;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Prompt;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All prompts with the blanks to fill in. */
public record ListPromptsResult(List<Prompt> prompts) implements Result {
    public ListPromptsResult {
        prompts = List.copyOf(prompts);
    }

    @Override
    public ObjectNode json(Revision revision) {
        var out = Json.object();
        var list = out.putArray("prompts");
        for (var prompt : prompts) {
            var entry = list.addObject().put("name", prompt.name());
            if (revision.structured()) {
                entry.put("title", prompt.title());
            }
            entry.put("description", prompt.description());
            var arguments = entry.putArray("arguments");
            for (var argument : prompt.arguments()) {
                arguments
                        .addObject()
                        .put("name", argument.name())
                        .put("description", argument.description())
                        .put("required", argument.required());
            }
        }
        return CacheHint.LIST.into(out, revision);
    }
}
