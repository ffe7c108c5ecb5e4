package dev.gatehouse.demo;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The way to the server: plain HTTP over loopback, as any caller would do it. Every request has a connection of its own. */
final class Door {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String origin;
    private final String stopOrigin;
    private final Cast cast;
    private final Optional<Secret> modelKey;
    private final Ticker ticker;

    Door(int port, int stopPort, Cast cast, Optional<Secret> modelKey, Ticker ticker) {
        this.origin = "http://127.0.0.1:" + port;
        this.stopOrigin = "http://127.0.0.1:" + stopPort;
        this.cast = cast;
        this.modelKey = modelKey;
        this.ticker = ticker;
    }

    Answer get(Person who, String path) throws IOException, InterruptedException {
        return send(request(who, origin + path).GET().build());
    }

    Answer post(Person who, String path, JsonNode body) throws IOException, InterruptedException {
        return send(posting(who, path, body).timeout(PATIENCE).build());
    }

    /** Presses the stop: no body, and a listener that serves nothing else. */
    Answer stop(Person who) throws IOException, InterruptedException {
        return send(request(who, stopOrigin + "/v1/estop")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = client()) {
            var from = ticker.nanoTime();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            var took = Duration.ofNanos(ticker.nanoTime() - from);
            return new Answer(response.statusCode(), json(response.body()), took);
        }
    }

    /**
     * Hands over an order and follows it until its result, line by line as they come.
     *
     * @param longest how long the task may take; a stream that goes on after that is given up
     * @return the refusal if there was one, else the last line
     */
    Answer dispatch(Person who, JsonNode order, Duration longest, Listener listener)
            throws IOException, InterruptedException {
        var request = posting(who, "/dispatch", order);
        modelKey.ifPresent(key -> request.header("X-Anthropic-Api-Key", key.reveal()));
        var deadline = Deadline.in(longest, ticker);
        var from = ticker.nanoTime();
        try (var client = client()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                JsonNode last = Json.object();
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = json(line);
                    if (response.statusCode() == 200) {
                        listener.line(last);
                    }
                    if (deadline.passed()) {
                        throw new IOException("the task did not end in " + longest.toSeconds() + " s");
                    }
                }
                return new Answer(response.statusCode(), last, Duration.ofNanos(ticker.nanoTime() - from));
            }
        }
    }

    private HttpRequest.Builder posting(Person who, String path, JsonNode body) {
        return request(who, origin + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)));
    }

    private HttpRequest.Builder request(Person who, String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + cast.token(who));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(PATIENCE)
                .build();
    }

    private static JsonNode json(String text) throws IOException {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            throw new IOException("the server answered something that is not JSON", e);
        }
    }

    /** Hears every line of a stream while the task goes on. */
    interface Listener {
        void line(JsonNode event) throws IOException, InterruptedException;
    }
}
