package dev.gatehouse.bench;

import dev.gatehouse.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The model's part of {@link Scripts#LOOK} and nothing else: two requests of the same size, straight to the endpoint. */
final class RawConversation implements AutoCloseable {
    private static final Pattern CALL_ID =
            Pattern.compile("\"type\":\"tool_use\",\"id\":\"([^\"]+)\"|\"id\":\"(toolu_[^\"]+)\"");
    private static final int SYSTEM_CHARS = 6_000;
    private static final int RESULT_CHARS = 4_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    RawConversation(URI endpoint) {
        this.endpoint = endpoint;
    }

    void run() throws IOException, InterruptedException {
        var messages = Json.array();
        messages.addObject().put("role", "user").put("content", Scripts.LOOK);
        var id = CALL_ID.matcher(ask(messages));
        if (!id.find()) {
            throw new IOException("the endpoint called no tool");
        }
        var callId = id.group(1) == null ? id.group(2) : id.group(1);
        messages.addObject()
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "tool_use")
                .put("id", callId)
                .put("name", "mcp__robot__render")
                .putObject("input");
        messages.addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", callId)
                .put("content", "x".repeat(RESULT_CHARS));
        var _ = ask(messages);
    }

    private String ask(ArrayNode messages) throws IOException, InterruptedException {
        ObjectNode body =
                Json.object().put("model", "any").put("max_tokens", 1024).put("stream", true);
        body.put("system", "x".repeat(SYSTEM_CHARS));
        body.set("messages", messages);
        var schema = body.putArray("tools").addObject().put("name", "mcp__robot__render");
        schema.putObject("input_schema").put("type", "object");
        var request = HttpRequest.newBuilder(endpoint.resolve("/v1/messages"))
                .header("x-api-key", "none")
                .header("anthropic-version", "2023-06-01")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new IOException("the endpoint refused: " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
