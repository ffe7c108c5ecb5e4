package dev.gatehouse.robot.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneFileTest {
    private static final String GOOD = """
            version: 1
            frame: bench
            table_z_mm: 0
            camera: {position_mm: [170, 0, 520], focal_px: 600, width: 640, height: 480}
            objects:
              - {id: cube, colour: red, position_mm: [180, 0, 15], size_mm: 30}
            places: []
            """;

    @Test
    void theExampleIsAScene() {
        assertThat(Bench.scene().objects())
                .extracting(SceneObject::id)
                .containsExactly("red_cube", "blue_cube", "green_bin");
    }

    @Test
    void aMissingWeightIsUnknown() throws Exception {
        assertThat(SceneFile.parse(GOOD).objects().getFirst().weightKg()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1           | version: 2           | version",
                "frame: bench         | frame: Bench!        | frame",
                "frame: bench         | fame: bench          | unknown member 'fame'",
                "table_z_mm: 0        | table_z_mm: .nan     | table_z_mm",
                "table_z_mm: 0        | table_z_mm: '0'      | table_z_mm",
                "colour: red          | colour: mauve        | objects[0].colour",
                "[180, 0, 15]         | [180, 0]             | objects[0].position_mm",
                "[180, 0, 15]         | [180, 0, .inf]       | objects[0].position_mm",
                "size_mm: 30          | size_mm: 0           | objects[0].size_mm",
                "size_mm: 30          | weight_kg: 1         | objects[0]: member 'size_mm' is missing",
                "size_mm: 30          | size_mm: 30, id: b   | stands there twice",
                "places: []           | places: {}           | places",
                "places: []           | places: [&a 1, *a]   | aliases",
                "places: []           | places: [[[[[[[[[1]]]]]]]]] | places[0]",
                "width: 640           | width: 0             | camera.width",
            })
    void whatIsWrongIsNamed(String from, String to, String message) {
        assertThatThrownBy(() -> SceneFile.parse(GOOD.replace(from, to)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void twoThingsWithOneId() {
        var twice =
                GOOD.replace("places: []", "places: [{id: cube, colour: red, position_mm: [1, 1, 1], size_mm: 30}]");
        assertThatThrownBy(() -> SceneFile.parse(twice)).hasMessageContaining("id is used twice");
    }

    @Test
    void hugeOrNoYaml() {
        assertThatThrownBy(() -> SceneFile.parse("x".repeat(300_000))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> SceneFile.parse("")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> SceneFile.parse("\u0000")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> SceneFile.parse("[".repeat(60_000))).isInstanceOf(ConfigException.class);
    }
}
