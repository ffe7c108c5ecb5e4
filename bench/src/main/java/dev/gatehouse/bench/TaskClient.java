package dev.gatehouse.bench;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Somebody who gives orders to a server. */
final class TaskClient implements AutoCloseable {
    private static final String KEY = "sk-ant-measure-000000000000";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    TaskClient(URI server) {
        this.server = server;
    }

    /** Orders and waits for the end of the task. */
    void runToEnd(String goal) throws IOException, InterruptedException {
        var answer = send(goal, "wait=60");
        var state = read(answer).path("status").path("state").asString("");
        if (answer.statusCode() != 200) {
            throw new IOException("the task ended " + state + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Orders and does not wait. */
    void begin(String goal) throws IOException, InterruptedException {
        var answer = send(goal, "respond-async");
        if (answer.statusCode() != 202) {
            throw new IOException("not taken: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** How many tasks are not over. */
    int open() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve("/v1/status"))
                .header("Authorization", "Bearer " + Scratch.TOKEN)
                .build();
        return read(http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)))
                .path("open_tasks")
                .asInt(0);
    }

    private HttpResponse<String> send(String goal, String prefer) throws IOException, InterruptedException {
        var order = Json.object().put("goal", goal).put("effect", "observe").put("max_turns", 100);
        order.put("max_budget_usd", 50);
        var request = HttpRequest.newBuilder(server.resolve("/dispatch"))
                .header("Authorization", "Bearer " + Scratch.TOKEN)
                .header("X-Anthropic-Api-Key", KEY)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Prefer", prefer)
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(order)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode read(HttpResponse<String> answer) throws IOException {
        try {
            return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IOException("not JSON: " + answer.body(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
