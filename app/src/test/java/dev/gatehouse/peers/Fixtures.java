package dev.gatehouse.peers;

import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.tool.Effect;
import dev.gatehouse.tool.Offer;
import dev.gatehouse.tool.Operation;
import dev.gatehouse.tool.Prompt;
import dev.gatehouse.tool.Resource;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolFunction;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What the conformance suite expects a server to offer, as far as this server offers such things at all. */
final class Fixtures implements Offer {
    private static final Pattern FROM_TEMPLATE = Pattern.compile("test://template/([^/]+)/data");

    /** Keywords that a server must hand on as they are. */
    private static final String SCHEMA_OF_2020 = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "$defs": {"address": {"$anchor": "addressDef", "type": "object",
               "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
             "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
               "contactMethod": {"type": "string", "enum": ["phone", "email"]},
               "phone": {"type": "string"}, "email": {"type": "string"}},
             "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
             "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
             "then": {"required": ["phone"]}, "else": {"required": ["email"]},
             "additionalProperties": false}
            """;

    /** A server of the fixtures; a fault is printed, because the suite shows only its id. */
    static McpService service() {
        return new McpService(
                new ServerInfo("fixtures", "Fixtures", "1"),
                new ReadingGate(new Toolbox(tools())),
                new Fixtures(),
                Optional.empty(),
                new Ids(),
                (id, cause) -> new AssertionError(id, cause).printStackTrace());
    }

    private static List<Tool> tools() {
        var none = Json.object().put("type", "object");
        return List.of(
                tool("test_simple_text", none, invocation -> text("This is a simple text response for testing.")),
                tool(
                        "test_error_handling",
                        none,
                        invocation -> ToolResult.failed("This tool intentionally returns an error for testing")),
                tool("test_tool_with_progress", none, invocation -> {
                    for (var done : List.of(0, 50, 100)) {
                        invocation.progress().report(done, 100, "Completed step " + done + " of 100");
                    }
                    return text("done");
                }),
                tool("json_schema_2020_12_tool", schemaOf2020(), invocation -> text("accepted")));
    }

    private static Tool tool(String name, ObjectNode inputSchema, ToolFunction function) {
        return new Tool(
                name,
                name,
                "A fixture of the conformance suite.",
                Effect.OBSERVE,
                Effect.OBSERVE,
                Tool.Hints.READS,
                inputSchema,
                Optional.empty(),
                arguments -> new Operation.Read(),
                function);
    }

    private static ToolResult text(String text) {
        return new ToolResult(ToolResult.Outcome.OK, false, text, Optional.empty());
    }

    private static ObjectNode schemaOf2020() {
        try {
            return (ObjectNode) Json.read(SCHEMA_OF_2020);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String instructions() {
        return "Fixtures of the conformance suite.";
    }

    @Override
    public List<Resource> resources() {
        return List.of(
                resource("test://static-text", "text/plain", "This is the content of the static text resource."),
                resource("test://watched-resource", "text/plain", "Watched."));
    }

    /** Also those of the template, which is not listed: an offer may accept more than it lists. */
    @Override
    public Optional<Resource> resource(String uri) {
        var filled = FROM_TEMPLATE.matcher(uri);
        if (filled.matches()) {
            var content = Json.object().put("id", filled.group(1)).put("templateTest", true);
            content.put("data", "Data for ID: " + filled.group(1));
            return Optional.of(resource(uri, "application/json", Json.line(content)));
        }
        return resources().stream()
                .filter(resource -> resource.uri().equals(uri))
                .findFirst();
    }

    private static Resource resource(String uri, String mimeType, String text) {
        return new Resource(uri, uri, uri, "A fixture.", mimeType, () -> new Resource.Content.Text(text));
    }

    @Override
    public List<Prompt> prompts() {
        return List.of(
                new Prompt(
                        "test_simple_prompt",
                        "Simple",
                        "A fixture.",
                        List.of(),
                        arguments -> "This is a simple prompt for testing."),
                new Prompt(
                        "test_prompt_with_arguments",
                        "With arguments",
                        "A fixture.",
                        List.of(
                                new Prompt.Argument("arg1", "First test argument", true),
                                new Prompt.Argument("arg2", "Second test argument", true)),
                        arguments -> "Prompt with arguments: arg1='" + arguments.get("arg1") + "', arg2='"
                                + arguments.get("arg2") + "'"));
    }
}
