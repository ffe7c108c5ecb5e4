package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestParser;
import dev.gatehouse.manifest.ProvenanceFooter;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.manifest.Validator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** robot-md.md 15.2, 15.3: whatever parses can be judged, looked at from every side, and rendered so that it reads back. */
class ManifestViewsFuzzTest {
    @MethodSource("dev.gatehouse.fuzz.Seeds#manifests")
    @FuzzTest
    void isTotal(byte[] bytes) {
        if (!(ManifestParser.parse(bytes) instanceof Manifest manifest)) {
            return;
        }
        var validation = Timed.answer(() -> Validator.validate(manifest));
        assertThat(Json.line(validation.toJson())).isNotEmpty();
        assertThat(Json.line(manifest.json())).isNotEmpty();
        assertThat(List.of(
                        manifest.limits(),
                        manifest.kinematics(),
                        manifest.hitlGates(),
                        manifest.objectDescriptors(),
                        manifest.drivers(),
                        ProvenanceFooter.check(manifest, Map.of())))
                .doesNotContainNull();

        var yaml = Timed.answer(() -> Renderer.render(manifest.frontmatter()));
        assertThat(ManifestParser.parse(("---\n" + yaml + "---\n").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Manifest.class, back -> {
                    assertThat(back.frontmatter()).isEqualTo(manifest.frontmatter());
                    assertThat(Renderer.render(back.frontmatter())).isEqualTo(yaml);
                });
    }
}
