package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.ReferenceData;
import dev.gatehouse.tool.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Compares with what the field's first server was recorded to say, in everything that is called literal, and in no prose. */
@DisplayName("robot-md.md 15.11: recorded exchanges of the reference server")
class RecordedTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ .*$");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    private JsonNode exchanges = Json.array();

    @BeforeEach
    void open() throws Exception {
        var recorded = ReferenceData.json("transcripts/mcp-minimal.json");
        assumeTrue(recorded.isPresent(), "reference data is absent");
        exchanges = recorded.get().path("exchanges");
        var manifest = ReferenceData.file(recorded.get().path("manifest").stringValue());
        bench = Bench.of(directory, Files.readString(manifest.orElseThrow()));
    }

    private JsonNode recorded(String method, String name) {
        return exchanges
                .valueStream()
                .filter(e -> e.path("method").stringValue().equals(method))
                .filter(e -> name.isEmpty()
                        || e.path("params").path("uri").asString("").endsWith("/" + name)
                        || e.path("params").path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow()
                .path("response")
                .path("result");
    }

    private String read(String kind) {
        return recorded("resources/read", kind).at("/contents/0/text").stringValue();
    }

    private String called(String tool) {
        return recorded("tools/call", tool).at("/content/0/text").stringValue();
    }

    @Test
    @DisplayName("8.3: the first six resources, their order, URIs, names and types")
    void resources() {
        var ours = bench.offer.resources().stream()
                .limit(6)
                .map(r -> List.of(r.uri(), r.name(), r.mimeType()))
                .toList();

        assertThat(ours)
                .isEqualTo(recorded("resources/list", "")
                        .path("resources")
                        .valueStream()
                        .map(r -> List.of(
                                r.path("uri").stringValue(),
                                r.path("name").stringValue(),
                                r.path("mimeType").stringValue()))
                        .toList());
    }

    @Test
    @DisplayName("8.3, 8.4: identity, JSON payloads byte for byte, the body but for leading blanks")
    void contents() {
        for (var kind : List.of("identity", "frontmatter", "capabilities", "safety")) {
            assertThat(bench.read(kind)).as(kind).isEqualTo(read(kind));
        }
        assertThat(bench.read("body").stripLeading()).isEqualTo(read("body").stripLeading());
    }

    @Test
    @DisplayName("8.5: headings and bullets of the context page")
    void context() {
        var ours = bench.read("context");

        assertThat(headings(ours)).isEqualTo(headings(read("context")));
        assertThat(ours)
                .contains("- (none declared)", "- *No HITL gates declared.*", "E-stop: software=true response_ms=200");
    }

    private static List<String> headings(String markdown) {
        return HEADING.matcher(markdown).results().map(found -> found.group()).toList();
    }

    @Test
    @DisplayName("8.6: the tools' names and what they answer, to which ours adds keys")
    void tools() throws Exception {
        assertThat(bench.tools.stream().map(tool -> tool.name()))
                .containsExactlyElementsOf(recorded("tools/list", "")
                        .path("tools")
                        .valueStream()
                        .map(tool -> tool.path("name").stringValue())
                        .toList());
        assertThat(bench.call("render").text()).isEqualTo(called("render"));
        for (var tool : List.of("validate", "doctor_summary")) {
            var theirs = Json.read(called(tool));
            var ours = bench.structured(tool);
            assertThat(ours.propertyNames()).startsWith(theirs.propertyNames().toArray(String[]::new));
            for (var member : theirs.properties()) {
                if (!member.getKey().equals("notes")) {
                    assertThat(Json.line(ours.get(member.getKey())))
                            .as(member.getKey())
                            .isEqualTo(Json.line(member.getValue()));
                }
            }
        }
    }

    @Test
    @DisplayName("8.7: names and arguments of the prompts")
    void prompts() {
        assertThat(bench.offer.prompts().stream().map(RecordedTest::signature))
                .containsExactlyElementsOf(recorded("prompts/list", "")
                        .path("prompts")
                        .valueStream()
                        .map(prompt -> prompt.path("name").stringValue()
                                + prompt.path("arguments")
                                        .valueStream()
                                        .map(a -> a.path("name").stringValue()
                                                + a.path("required").booleanValue())
                                        .toList())
                        .toList());
    }

    private static String signature(Prompt prompt) {
        return prompt.name()
                + prompt.arguments().stream().map(a -> a.name() + a.required()).toList();
    }
}
