package dev.gatehouse.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ReferenceData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares with what the field's first bridge was recorded to answer. */
class RecordedTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("robot-md.md 15.11: every recorded request of the REST bridge is answered alike")
    void alike() throws Exception {
        var recorded = ReferenceData.json("transcripts/http-minimal.json");
        assumeTrue(recorded.isPresent(), "reference data is absent");
        var manifest = ReferenceData.file("fixtures/valid/minimal.ROBOT.md").orElseThrow();
        try (var bench = Bench.of(directory, Files.readString(manifest))) {
            for (var exchange : recorded.get()) {
                compare(bench, exchange);
            }
        }
    }

    private static void compare(Bench bench, JsonNode recorded) throws Exception {
        var url = recorded.path("url").stringValue();
        var what = recorded.path("method").stringValue() + " " + url;
        var answer = bench.send(
                recorded.path("method").stringValue(),
                url,
                recorded.path("requestBody").asString(""));
        assertThat(answer.statusCode())
                .as(what)
                .isEqualTo(recorded.path("status").intValue());
        assertThat(type(answer.headers().firstValue("Content-Type").orElse("")))
                .as(what)
                .isEqualTo(type(recorded.at("/headers/content-type").stringValue()));
        var body = recorded.path("body").stringValue();
        if (url.equals("/openapi.json")) {
            assertThat(Json.read(answer.body()).path("paths").propertyNames())
                    .containsAll(Json.read(body).path("paths").propertyNames());
        } else if (url.equals("/robots/test-bot/body")) {
            assertThat(answer.body().stripLeading()).isEqualTo(body);
        } else {
            assertThat(comparable(answer.body())).as(what).isEqualTo(comparable(body));
        }
    }

    /** The two spell this differently among themselves. */
    private static String type(String contentType) {
        return contentType.replace(" ", "");
    }

    /** Ours adds warnings, and the end of a parse message is its own. */
    private static String comparable(String body) throws Exception {
        if (!body.startsWith("{")) {
            return body;
        }
        var json = (ObjectNode) Json.read(body);
        json.remove("warnings");
        return Json.line(json).replaceAll("(no frontmatter found|invalid YAML frontmatter: )[^}]*", "$1");
    }
}
