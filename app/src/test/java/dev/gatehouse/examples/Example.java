package dev.gatehouse.examples;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;

/** The folder of one example. */
record Example(String name) {
    static final Path ALL = Path.of("..", "examples").toAbsolutePath().normalize();

    /** The address that stands in the files; people put their own in its place, and so do the tests. */
    private static final String ADDRESS = "http://127.0.0.1:8080";

    Path file(String file) {
        return ALL.resolve(name).resolve(file);
    }

    String text(String file) {
        try {
            return Files.readString(file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as it is for a certain server. */
    String text(String file, TestServer server) {
        return text(file).replace(ADDRESS, server.url());
    }

    /** YAML as a tree; {@code !secret NAME} is what stands for it in the given map. */
    static JsonNode yaml(String text, Map<String, String> secrets) {
        var settings = LoadSettings.builder()
                .setTagConstructors(Map.of(
                        new Tag("!secret"),
                        node -> node instanceof ScalarNode scalar ? secrets.get(scalar.getValue()) : null))
                .build();
        return Json.tree(new Load(settings).loadFromString(text));
    }

    /** A file that only its owner can read. */
    static Path secret(Path file, String value) throws IOException {
        AtomicFile.write(file, (value + "\n").getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
        return file;
    }

    /** The answer to one request. */
    record Answer(int status, JsonNode json) {}

    /** Sends a request as a file describes it. */
    static Answer send(String method, String url, Map<String, String> headers, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.read(response.body()));
        }
    }

    /** What the server knows of a task. */
    static JsonNode task(TestServer server, Who who, String id) throws Exception {
        return send("GET", server.url() + "/v1/tasks/" + id, bearer(who), "").json();
    }

    static Map<String, String> bearer(Who who) {
        return Map.of("Authorization", "Bearer " + who.token());
    }

    /** The newest task of somebody. */
    static JsonNode newest(TestServer server, Who who) throws Exception {
        return send("GET", server.url() + "/v1/tasks?limit=1", bearer(who), "")
                .json()
                .path("tasks")
                .path(0);
    }
}
