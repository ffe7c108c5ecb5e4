package dev.gatehouse.cli;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Asks a running server something, as any other client would: HTTP with a bearer token, straight and without a proxy. */
record ServerConnection(String origin, Secret token) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** An answer; a body that is no JSON is an empty object. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status == 200;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.reveal());
    }

    private static Answer send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(PATIENCE)
                .build()) {
            var response = client.send(request, BodyHandlers.ofString());
            try {
                return new Answer(response.statusCode(), Json.read(response.body()));
            } catch (MalformedJsonException e) {
                return new Answer(response.statusCode(), Json.object());
            }
        }
    }
}
