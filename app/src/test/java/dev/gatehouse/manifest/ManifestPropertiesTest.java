package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** robot-md.md 15.1 to 15.3: whatever comes in, an answer comes out; whatever is rendered reads back. */
class ManifestPropertiesTest {
    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anyBytesGetAnAnswer(@ForAll byte[] bytes) {
        assertThat(ManifestParser.parse(bytes)).isNotNull();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void anyYamlGetsAnAnswer(@ForAll("yaml") String yaml) {
        var reading = Sample.read("---\n" + yaml + "\n---\n" + yaml);
        var validation = Validator.validate(reading);
        assertThat(validation.summary()).isNotNull();
        if (reading instanceof Unreadable(var message)) {
            assertThat(message).hasSizeLessThan(300).doesNotContain("\n");
        } else if (reading instanceof Manifest manifest) {
            assertThat(manifest.rawText()).startsWith("---\n");
            assertThat(Sample.tree(Renderer.render(manifest.frontmatter()))).isEqualTo(manifest.frontmatter());
        }
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
    void anyTreeGetsAnAnswer(@ForAll long seed) {
        var manifest = Sample.manifest(RandomTree.of(seed), "# x\n");
        var validation = Validator.validate(manifest);
        assertThat(validation.ok()).isEqualTo(validation.errors().isEmpty());
        assertThat(validation.errors()).allMatch(error -> error.matches("(?s)(\\(root\\)|body|/.*?): .*"));
        assertThat(Json.line(validation.toJson())).isNotEmpty();
        assertThat(Json.line(manifest.json())).isNotEmpty();
        assertThat(manifest.limits()).isNotNull();
        assertThat(manifest.kinematics()).isNotNull();
        assertThat(manifest.hitlGates()
                        .covering(Operation.ofCapability("arm.pick", false))
                        .gates())
                .isNotNull();
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
    void anyRenderedTreeReadsBack(@ForAll long seed) {
        var tree = RandomTree.of(seed);
        var yaml = Renderer.render(tree);
        var back = Sample.tree(yaml);
        assertThat(back).isEqualTo(tree);
        assertThat(back.keySet()).containsExactlyElementsOf(tree.keySet());
        assertThat(Renderer.render(back)).isEqualTo(yaml);
        assertThat(Sample.parse("---\n" + yaml + "---\n").warnings()).isEmpty();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anyStringReadsBack(@ForAll("texts") String text) {
        // In this order, which Map.of would choose anew in every process, so that a seed repeats what it found.
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("v", text);
        tree.put("w" + text, List.of(text));
        assertThat(Sample.tree(Renderer.render(tree))).isEqualTo(tree);
    }

    @Provide
    Arbitrary<String> yaml() {
        return Arbitraries.of(RandomTree.FRAGMENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        var odd = Arbitraries.of(RandomTree.FRAGMENTS).list().ofMaxSize(8).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(30).map(Json::wellFormed));
    }
}
