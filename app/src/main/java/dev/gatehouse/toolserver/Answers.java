package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.terminal.Printable;
import dev.gatehouse.tool.Picture;
import dev.gatehouse.tool.ToolResult;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns what a tool server answers into results of ours (engines.md E2.14, E2.16; threats.md T9.2). */
final class Answers {
    private static final int ERROR_SHOWN = 512;
    private static final int SHOWN = 200;

    private final List<String> lines = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();

    private Answers() {}

    /** The result of {@code tools/call}. */
    static ToolResult of(ObjectNode result) {
        var answer = new Answers();
        result.path("content").forEach(answer::add);
        var structured = result.get("structuredContent") instanceof ObjectNode object
                ? Optional.of(object)
                : Optional.<ObjectNode>empty();
        if (answer.lines.isEmpty()) {
            structured.ifPresent(object -> answer.lines.add(Json.line(object)));
        }
        var isError = result.path("isError").asBoolean(false);
        return new ToolResult(
                isError ? ToolResult.Outcome.ERROR : ToolResult.Outcome.OK,
                isError,
                Json.wellFormed(String.join("\n", answer.lines)),
                structured,
                answer.pictures);
    }

    /** An error of JSON-RPC: our own words, the code, and no more than a piece of the server's message (E2.16). */
    static ToolResult of(Reply.Fault fault) {
        return ToolResult.refused(
                ToolResult.Outcome.ERROR,
                true,
                "tool_server_error",
                "the tool server answered with error " + fault.code() + ": "
                        + Printable.of(fault.message(), ERROR_SHOWN, ""));
    }

    private void add(JsonNode content) {
        switch (content.path("type").asString("")) {
            case "text" -> lines.add(content.path("text").asString(""));
            case "image" -> picture(content);
            case "audio" -> lines.add(blob("audio", content.path("data"), content.path("mimeType")));
            case "resource_link" ->
                lines.add(
                        "[link to a resource: " + shown(content.path("name")) + " " + shown(content.path("uri")) + "]");
            case "resource" -> resource(content.path("resource"));
            default -> lines.add("[content of an unknown kind: " + shown(content.path("type")) + "]");
        }
    }

    private void picture(JsonNode content) {
        var mime = shown(content.path("mimeType"));
        var data = content.path("data").asString("");
        if (bytes(data) > 0) {
            pictures.add(new Picture(mime, data));
        } else {
            lines.add("[image that cannot be read: " + mime + "]");
        }
    }

    private void resource(JsonNode resource) {
        lines.add(
                resource.has("text")
                        ? resource.path("text").asString("")
                        : blob(
                                "resource " + shown(resource.path("uri")),
                                resource.path("blob"),
                                resource.path("mimeType")));
    }

    private static String blob(String kind, JsonNode base64, JsonNode mime) {
        return "[" + kind + ": " + shown(mime) + ", " + Math.max(0, bytes(base64.asString(""))) + " bytes]";
    }

    /** How many bytes stand in this base64; -1 if it is none. */
    private static int bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private static String shown(JsonNode text) {
        return Printable.of(text.asString(""), SHOWN, "…");
    }
}
