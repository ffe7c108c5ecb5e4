package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.manifest.RandomTree;
import dev.gatehouse.manifest.Renderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** robot-md.md 8.3: a manifest that breaks every rule is served all the same. */
class TotalityTest {
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @BeforeContainer
    static void create() throws IOException {
        directory = Files.createTempDirectory("gatehouse-totality");
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.deleteIfExists(directory.resolve("ROBOT.md"));
        Files.delete(directory);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    void anyTreeIsServed(@ForAll long seed) {
        var bench = Bench.of(
                directory, "---\n" + Renderer.render(RandomTree.of(seed)) + "---\n# x\n", Bench.actuation(true));
        for (var resource : bench.offer.resources()) {
            assertThat(bench.offer.resource(resource.uri())).isPresent();
            assertThat(bench.read(resource.name())).isNotNull();
        }
        assertThat(bench.read("identity").lines()).hasSize(1);
        for (var tool : bench.tools) {
            var result = bench.call(tool.name());
            assertThat(result.isError()).isFalse();
            assertThat(ArgumentSchema.compile(tool.outputSchema().orElseThrow())
                            .problem(result.structured().orElseThrow()))
                    .isEmpty();
        }
        for (var prompt : bench.offer.prompts()) {
            assertThat(prompt.text().apply(Map.of())).isNotBlank();
        }
    }
}
