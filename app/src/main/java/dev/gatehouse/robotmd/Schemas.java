package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolCall;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Input schemas of the tools, built member by member. */
final class Schemas {
    private final ObjectNode properties = Json.object();

    /** Arguments that do not matter: anything is accepted and nothing is read. */
    static ObjectNode ignored() {
        return Json.object().put("type", "object");
    }

    /** What every result and every refusal of a robot's tool has; tools add members of their own (robot-md.md 10.1). */
    static ObjectNode result(String... statuses) {
        var schema = Json.object().put("type", "object");
        var members = schema.putObject("properties");
        members.putObject("status").put("type", "string").set("enum", Json.tree(List.of(statuses)));
        members.putObject("error").set("type", Json.tree(List.of("object", "null")));
        members.putObject("request_id").put("type", "string").put("description", "A UUID.");
        members.putObject("manifest_sha256").set("type", Json.tree(List.of("string", "null")));
        members.putObject("warnings").put("type", "array").putObject("items").put("type", "string");
        schema.set("required", Json.tree(List.of("status", "error", "request_id", "manifest_sha256", "warnings")));
        return schema;
    }

    Schemas text(String name, int maxLength, String description) {
        properties
                .putObject(name)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", maxLength)
                .put("description", description);
        return this;
    }

    Schemas object(String name, String description) {
        properties.putObject(name).put("type", "object").put("description", description);
        return this;
    }

    /** A member that may be anything. */
    Schemas any(String name, String description) {
        properties.putObject(name).put("description", description);
        return this;
    }

    Schemas flag(String name, String description) {
        properties.putObject(name).put("type", "boolean").put("description", description);
        return this;
    }

    /** What a person was given for exactly this call. It is set apart before arguments are checked, so this only tells of it. */
    Schemas confirmToken() {
        return text(
                ToolCall.CONFIRM_TOKEN,
                128,
                "One-time token of a person who agreed to exactly this call; needed when an answer names an approval_id.");
    }

    /** The schema: these members and no others, of which the given ones are required. */
    ObjectNode closed(List<String> required) {
        var schema = Json.object().put("type", "object");
        schema.set("properties", properties);
        schema.set("required", Json.tree(required));
        return schema.put("additionalProperties", false);
    }
}
