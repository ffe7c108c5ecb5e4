package dev.gatehouse.torture;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Somebody who hands over orders and expects that the server may be gone at any moment. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Client(String url) {
        this.url = url;
    }

    /** @param status 0 if no whole answer came */
    record Answer(int status, JsonNode body) {
        private static final Answer NONE = new Answer(0, Json.object());
    }

    /** Hands over an order under its key, without waiting for its end. */
    Answer order(Order order) throws InterruptedException {
        var body = Json.object().put("goal", order.goal()).put("queue", true).put("effect", order.effect());
        body.putObject("labels").put("order", order.key());
        return send(request("/v1/tasks", Who.ACTUATOR)
                .header("X-Anthropic-Api-Key", "sk-ant-test-0123456789abcdef")
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .header("Idempotency-Key", '"' + order.key() + '"')
                .POST(BodyPublishers.ofString(Json.line(body))));
    }

    /** Orders a task that holds the robot and waits for a model which does not answer. */
    Answer hold(int deadlineSeconds) throws InterruptedException {
        var body = Json.object().put("goal", "ponder").put("effect", "actuate").put("deadline_s", deadlineSeconds);
        return send(request("/v1/tasks", Who.ACTUATOR)
                .header("X-Anthropic-Api-Key", "sk-ant-test-0123456789abcdef")
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(Json.line(body))));
    }

    Answer cancel(String id) throws InterruptedException {
        return send(request("/v1/tasks/" + id + "/cancel", Who.ACTUATOR).POST(BodyPublishers.noBody()));
    }

    Answer task(String id) throws InterruptedException {
        return send(request("/v1/tasks/" + id, Who.ACTUATOR).GET());
    }

    Answer status() throws InterruptedException {
        return send(request("/v1/status", Who.ADMIN).GET());
    }

    Answer stop() throws InterruptedException {
        return send(request("/v1/estop", Who.BUTTON).POST(BodyPublishers.noBody()));
    }

    Answer clear() throws InterruptedException {
        var latch = status().body().path("interlock").path("latch_id").asString("");
        var body = Json.object().put("latch_id", latch).put("reason", "the suite goes on");
        return send(request("/v1/estop/clear", Who.CLEARER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(body))));
    }

    private HttpRequest.Builder request(String path, Who who) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + who.token());
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    Optional.of(response.body()).filter(b -> b.length > 0).isPresent()
                            ? Json.read(response.body())
                            : Json.object());
        } catch (IOException | MalformedJsonException e) {
            return Answer.NONE;
        }
    }
}
