package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Compares with the recorded results of the field's first validator, read in place; without them there is nothing to compare. */
@DisplayName("robot-md.md 15.11: recorded results of the reference validator")
class ReferenceDataTest {
    /** Refused by ours on purpose, by section 14: not exactly three hyphens as closer, a cyclic alias. */
    private static final Set<String> REFUSED_BY_OURS = Set.of("close-4dashes", "recursive-alias");

    /** Section 14: non-finite numbers are null in the recordings, and a tagged set is a plain mapping in ours. */
    private static final Set<String> OTHER_TREE = Set.of("nan", "tag-set");

    static Stream<JsonNode> cases() throws Exception {
        return ReferenceData.json("golden-validate.json")
                .map(JsonNode::valueStream)
                .orElseGet(() -> Stream.of(Json.object()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(JsonNode recorded) throws Exception {
        assumeTrue(recorded.has("name"), "reference data is absent");
        var name = recorded.get("name").stringValue();
        var reading = ManifestParser.parse(recorded.get("input").stringValue().getBytes(StandardCharsets.UTF_8));
        if (REFUSED_BY_OURS.contains(name) || recorded.get("parse_error").isString()) {
            assertThat(reading).as(name).isInstanceOf(Unreadable.class);
            return;
        }
        assertThat(reading).as(name).isInstanceOf(Manifest.class);
        var manifest = (Manifest) reading;
        var validation = Validator.validate(manifest);
        assertThat(validation.ok())
                .as(name)
                .isEqualTo(recorded.at("/validate/ok").booleanValue());
        assertThat(pointers(validation.toJson())).as(name).isEqualTo(pointers(recorded.get("validate")));
        assertThat(manifest.body().strip())
                .as(name)
                .isEqualTo(recorded.get("body").stringValue().strip());
        if (OTHER_TREE.contains(name)) {
            return;
        }
        assertThat(validation.summary())
                .as(name)
                .isEqualTo(recorded.at("/validate/summary").stringValue());
        assertThat(sameNumbers(manifest.json())).as(name).isEqualTo(sameNumbers(recorded.get("frontmatter")));
        assertThat(yaml(Renderer.render(manifest.frontmatter()))).as(name).isEqualTo(manifest.frontmatter());
        assertThat(yaml(recorded.get("render").stringValue())).as(name).isEqualTo(manifest.frontmatter());
    }

    private static Set<String> pointers(JsonNode validation) {
        var pointers = new TreeSet<String>();
        for (var error : validation.get("errors")) {
            var text = error.stringValue();
            // Body errors have no pointer and fixed texts, so the whole text is what must agree.
            pointers.add(text.startsWith("body: ") ? text : text.substring(0, text.indexOf(": ")));
        }
        return pointers;
    }

    /** JSON trees differ in number types that mean nothing; the text of a frontmatter tree does not. */
    private static JsonNode sameNumbers(JsonNode json) throws Exception {
        return Json.read(Json.line(json));
    }

    private static Map<String, ?> yaml(String yaml) {
        return ((Manifest) ManifestParser.parse(("---\n" + yaml + "---\n").getBytes(StandardCharsets.UTF_8)))
                .frontmatter();
    }
}
