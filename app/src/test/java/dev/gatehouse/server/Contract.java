package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds every answer that any test of the server gets to what {@code /openapi.json} says of it: status, media type, body, code.
 * The document is the one a running server gives out.
 */
final class Contract {
    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();
    private static final String PROBLEM = "application/problem+json";
    private static final FutureTask<JsonNode> DOCUMENT = new FutureTask<>(Contract::fetch);

    private Contract() {}

    /** The description, as a server gives it out; asked for once. Whoever comes meanwhile waits without holding up a server's threads. */
    static JsonNode document() {
        DOCUMENT.run();
        try {
            return DOCUMENT.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode fetch() {
        try (var server = TestServer.start()) {
            return server.as(Who.BUTTON).unchecked("GET", "/openapi.json").json();
        }
    }

    /** One answer to one request. Paths and methods that are not described are the business of a test of their own. */
    static void check(String method, String target, Answer answer) {
        var path = target.replaceAll("[?#].*", "");
        if (path.equals("/console") || path.startsWith("/console/")) {
            // A page for people and no part of the interface; ConsoleTest looks at it.
            return;
        }
        var operation = operation(method.equals("HEAD") ? "GET" : method, path);
        if (operation.isEmpty()) {
            assertThat(answer.status())
                    .as("%s %s is not described", method, path)
                    .isBetween(400, 499);
            problem(answer, document().at("/components/schemas/ProblemCode"));
            return;
        }
        var where = method + " " + operation.get().path() + " " + answer.status();
        assertThat(answer.header("X-Request-Id")).as(where).startsWith("req-");
        var media = answer.header("Content-Type").replaceAll(";.*", "");
        if (method.equals("HEAD") || media.equals("text/event-stream")) {
            return;
        }
        var response = response(operation.get().node(), answer.status(), media);
        assertThat(response).as("%s %s: %s", where, media, answer.text()).isPresent();
        if (media.endsWith("json")) {
            var schema = response.get().path("content").path(media).path("schema");
            valid(where + " " + media, schema, media.contains("ndjson") ? lines(answer) : answer.json());
        }
    }

    private static JsonNode lines(Answer answer) {
        return answer.text().isEmpty()
                ? Json.object()
                : read(answer.text().lines().findFirst().orElseThrow());
    }

    private static JsonNode read(String line) {
        try {
            return Json.read(line);
        } catch (MalformedJsonException e) {
            throw new AssertionError(line, e);
        }
    }

    private static void problem(Answer answer, JsonNode codes) {
        if (answer.header("Content-Type").equals(PROBLEM)) {
            assertThat(codes.path("enum").valueStream().map(JsonNode::asString)).contains(answer.code());
        }
    }

    /** One line of a log. */
    static void event(JsonNode event) {
        valid("event", Json.object().put("$ref", "#/components/schemas/Event"), event);
    }

    private static void valid(String key, JsonNode schema, JsonNode document) {
        var compiled = COMPILED.computeIfAbsent(key, k -> compile(schema));
        assertThat(compiled.validate(document)).as("%s: %s", key, document).isEmpty();
    }

    private static Schema compile(JsonNode schema) {
        var root = Json.object();
        root.set("components", document().path("components"));
        root.putArray("allOf").add(schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    private static Optional<JsonNode> response(JsonNode operation, int status, String media) {
        var candidates = new ArrayList<JsonNode>();
        candidates.add(operation.path("responses").path(Integer.toString(status)));
        candidates.add(operation.path("responses").path(status / 100 + "XX"));
        return candidates.stream()
                .filter(JsonNode::isObject)
                .filter(response -> media.isEmpty()
                        ? !response.has("content")
                        : response.path("content").has(media))
                .findFirst();
    }

    /** An operation and the path it is described under. */
    record Described(String path, JsonNode node) {}

    static Optional<Described> operation(String method, String path) {
        var byTemplate = new HashMap<String, ObjectNode>();
        document().path("paths").properties().forEach(p -> byTemplate.put(p.getKey(), (ObjectNode) p.getValue()));
        for (var candidate : new String[] {path, "/v1" + path}) {
            for (var entry : byTemplate.entrySet()) {
                var pattern = entry.getKey().replaceAll("\\{\\w+}", "[^/]+");
                var operation = entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
                if (candidate.matches(pattern) && operation.isObject()) {
                    return Optional.of(new Described(entry.getKey(), operation));
                }
            }
        }
        return Optional.empty();
    }
}
