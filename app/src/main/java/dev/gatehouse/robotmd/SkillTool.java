package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Invocation;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The tool {@code record_skill}: remembers in the manifest whether a skill works (robot-md.md 10.11). */
final class SkillTool {
    private static final int MAX_ITEMS = 32;
    private static final int MAX_ITEM = 200;
    private static final int MAX_NOTES = 2000;

    private final SkillBook book;

    SkillTool(SkillBook book) {
        this.book = book;
    }

    Tool tool() {
        return new Tool(
                "record_skill",
                "Remember a skill",
                "Enters into the robot's declaration whether a skill works, what it was tried on and what keeps it from working."
                        + " A person agrees to each entry.",
                Effect.ADMIN,
                Effect.ADMIN,
                new Tool.Hints(false, true, true),
                schema(),
                Optional.of(Schemas.result("ok", "blocked", "error")),
                arguments -> new Operation.Write(),
                this::record);
    }

    private static ObjectNode schema() {
        var schema = new Schemas().confirmToken().closed(List.of("skill_id"));
        var members = (ObjectNode) schema.get("properties");
        members.putObject("skill_id").put("type", "string").put("pattern", "^[a-z0-9][a-z0-9_.-]{0,63}$");
        members.putObject("status")
                .put("type", "string")
                .put("description", "Without it ok.")
                .set("enum", Json.tree(List.of("ok", "blocked", "degraded")));
        for (var list : List.of("validated", "blocked_by")) {
            var items = members.putObject(list).put("type", "array").put("maxItems", MAX_ITEMS);
            items.putObject("items").put("type", "string").put("maxLength", MAX_ITEM);
        }
        members.putObject("notes")
                .put("type", "string")
                .put("maxLength", MAX_NOTES)
                .put("pattern", "^[^\\u0000-\\u001f\\u007f-\\u009f]*$")
                .put("description", "One line for people; models read it as untrusted text.");
        return schema;
    }

    private ToolResult record(Invocation invocation) {
        var arguments = invocation.call().arguments();
        var skill = new SkillBook.Skill(
                arguments.path("skill_id").asString(""),
                arguments.path("status").asString("ok"),
                list(arguments, "validated"),
                list(arguments, "blocked_by"),
                arguments.optional("notes").map(notes -> notes.asString("")));
        return switch (book.write(skill, invocation.manifestSha256())) {
            case SkillBook.Entered(var count, var sha256) ->
                ToolResult.ok(Json.object()
                        .put("status", "ok")
                        .put("skill_id", skill.id())
                        .put("count", count)
                        .put("manifest_sha256", sha256));
            case SkillBook.Declined(var reason, var message) ->
                ToolResult.refused(ToolResult.Outcome.ERROR, false, reason, message);
        };
    }

    private static Optional<List<String>> list(ObjectNode arguments, String name) {
        return arguments.optional(name).map(items -> {
            var out = new ArrayList<String>();
            items.forEach(item -> out.add(item.asString("")));
            return List.copyOf(out);
        });
    }
}
