package dev.gatehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final Set<String> JSON_TYPES = Set.of("object", "array", "string");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static JsonNode document(Bench bench) throws Exception {
        return Json.read(bench.get("/openapi.json").body());
    }

    @Test
    @DisplayName("9: OpenAPI 3.1: what the specification requires of a document is there")
    void wellFormed() throws Exception {
        try (var bench = Bench.of(directory, Bench.fixture("minimal"))) {
            var document = document(bench);
            assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
            assertThat(document.at("/info/title").stringValue()).isNotBlank();
            assertThat(document.at("/info/version").stringValue()).isNotBlank();
            var operations = new ArrayList<String>();
            for (var path : document.path("paths").properties()) {
                assertThat(path.getKey()).startsWith("/").doesNotContain("{");
                for (var operation : path.getValue().properties()) {
                    assertThat(operation.getKey()).isIn("get", "post");
                    operations.add(operation.getValue().path("operationId").stringValue());
                    assertResponses(operation.getValue().path("responses"));
                    assertThat(operation.getValue().has("requestBody"))
                            .isEqualTo(operation.getKey().equals("post"));
                }
            }
            assertThat(operations).doesNotHaveDuplicates().hasSize(10);
        }
    }

    private static void assertResponses(JsonNode responses) {
        assertThat(responses.propertyNames()).contains("200").allMatch(code -> code.matches("[1-5][0-9]{2}"));
        for (var response : responses) {
            assertThat(response.path("description").stringValue()).isNotBlank();
            for (var content : response.path("content").properties()) {
                assertThat(content.getKey()).matches("[a-z]+/[a-z]+(;.*)?");
                assertThat(content.getValue().at("/schema/type").stringValue()).isIn(JSON_TYPES);
            }
        }
    }

    @Test
    @DisplayName("9: every route in the document answers as it says, and every route served is in it")
    void complete() throws Exception {
        try (var bench = Bench.of(directory, "---\nmetadata: {robot_name: my robot}\n---\n")) {
            var inDocument = new ArrayList<String>();
            for (var path : document(bench).path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    var method = operation.getKey().toUpperCase(Locale.ROOT);
                    inDocument.add(method + " " + path.getKey());
                    var answer = bench.send(method, path.getKey(), method.equals("POST") ? "---\na: 1\n---\n" : "");
                    assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(200);
                    assertThat(operation.getValue().at("/responses/200/content").propertyNames())
                            .containsExactly(
                                    answer.headers().firstValue("Content-Type").orElseThrow());
                }
            }
            assertThat(inDocument)
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "GET /health",
                            "GET /openapi.json",
                            "GET /robots/my%20robot/frontmatter",
                            "GET /robots/my%20robot/capabilities",
                            "GET /robots/my%20robot/safety",
                            "GET /robots/my%20robot/body",
                            "GET /robots/my%20robot/identity",
                            "GET /robots/my%20robot/context",
                            "POST /validate",
                            "POST /render"));
        }
    }

    @Test
    @DisplayName("9: the server URL is the one the caller used")
    void serverUrl() throws Exception {
        try (var bench = Bench.of(directory, Bench.fixture("minimal"))) {
            assertThat(document(bench).at("/servers/0/url").stringValue())
                    .isEqualTo("http://127.0.0.1:" + bench.port());
            assertThat(bench.raw("GET /openapi.json HTTP/1.1", "Host: localhost:9999", "Connection: close"))
                    .contains("\"url\":\"http://localhost:9999\"");
        }
    }

    @Test
    @DisplayName("9: the document tells of the bearer exactly where one is needed")
    void security() throws Exception {
        var token = "correct-horse-battery-staple";
        var config = Bench.config(Bearer.of(token), Set.of(), Set.of());
        try (var bench = Bench.of(directory, Bench.fixture("minimal"), config)) {
            var document = Json.read(bench.send("GET", "/openapi.json", "", "Authorization", "Bearer " + token)
                    .body());
            assertThat(Json.line(document.path("security"))).isEqualTo("[{\"bearer\":[]}]");
            assertThat(Json.line(document.at("/components/securitySchemes/bearer")))
                    .isEqualTo("{\"type\":\"http\",\"scheme\":\"bearer\"}");
        }
        try (var bench = Bench.of(directory, Bench.fixture("minimal"))) {
            assertThat(document(bench).has("security")).isFalse();
        }
    }
}
