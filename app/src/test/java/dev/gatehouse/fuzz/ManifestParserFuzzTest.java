package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestParser;
import dev.gatehouse.manifest.Unreadable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.MethodSource;

/** robot-md.md 15.1: any bytes are a manifest or one short line that says why not. */
class ManifestParserFuzzTest {
    @MethodSource("dev.gatehouse.fuzz.Seeds#manifests")
    @FuzzTest
    void parses(byte[] bytes) {
        switch (Timed.answer(() -> ManifestParser.parse(bytes))) {
            case Unreadable(var message) ->
                assertThat(message).hasSizeLessThan(400).doesNotContain("\n", "\r");
            case Manifest manifest -> {
                assertThat(manifest.rawText().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
                assertThat(manifest.rawText()).endsWith(manifest.body());
            }
        }
    }
}
