package dev.gatehouse.agent.rehearsal;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;

/** A client that knows nothing but HTTP. */
@NullMarked
final class Wire implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Wire(RehearsalServer server) {
        this.url = server.url();
    }

    HttpResponse<String> messages(JsonNode body) {
        return post("/v1/messages", Json.line(body), "x-api-key", "anything", "anthropic-version", "2023-06-01");
    }

    HttpResponse<String> count(JsonNode body) {
        return post(
                "/v1/messages/count_tokens",
                Json.line(body),
                "x-api-key",
                "anything",
                "anthropic-version",
                "2023-06-01");
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> method(String method, String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("x-api-key", "anything")
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    /** The names of the events of a stream. */
    static List<String> events(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
