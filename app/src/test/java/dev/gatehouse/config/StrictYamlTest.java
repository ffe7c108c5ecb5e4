package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    @Test
    void readsTheCoreSchema() throws Exception {
        var tree = StrictYaml.read("{a: 1, b: 1.5, c: true, d: null, e: text, f: [x]}", "x");

        assertThat(Json.line(tree)).isEqualTo("{\"a\":1,\"b\":1.5,\"c\":true,\"d\":null,\"e\":\"text\",\"f\":[\"x\"]}");
    }

    @ParameterizedTest
    @CsvSource({"no, no", "on, on", "12:30, 12:30", "2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z"})
    @DisplayName("what only YAML 1.1 took for something else is a string")
    void noSurprises(String written, String read) throws Exception {
        assertThat(StrictYaml.read("a: " + written, "x").path("a").asString()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2",
                "a: [",
                "a: &x [1]\nb: *x",
                "a: &x {y: 1}\nb: *x",
                "--- 1\n--- 2",
                "a: !!java.net.URL [http://127.0.0.1]",
                "a: b: c",
                "\tx: 1"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> StrictYaml.read(text, "file.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("file.yaml(, line \\d+)?: not valid YAML");
    }

    @Test
    @DisplayName("an error names the line and never what stands in it")
    void quotesNothing() {
        assertThatThrownBy(() -> StrictYaml.read("a: 1\ntoken: 'hunter2", "file.yaml"))
                .hasMessage("file.yaml, line 2: not valid YAML");
    }

    @Test
    @DisplayName("depth is checked before anything is built, so the stack holds")
    void depth() throws Exception {
        assertThat(StrictYaml.read("[".repeat(32) + "]".repeat(32), "x").isArray())
                .isTrue();
        assertThatThrownBy(() -> StrictYaml.read("[".repeat(33) + "]".repeat(33), "x"))
                .hasMessage("x: nested deeper than 32 levels");
        assertThatThrownBy(() -> StrictYaml.read("[".repeat(100_000), "x")).isInstanceOf(ConfigException.class);
    }

    @Test
    void size(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("large.yaml"), "#".repeat(StrictYaml.MAX_BYTES + 1));

        assertThatThrownBy(() -> StrictYaml.read(file)).hasMessageContaining("larger than");
    }

    @Test
    void missing(@TempDir Path directory) {
        assertThatThrownBy(() -> StrictYaml.read(directory.resolve("none.yaml")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void scalarsAsWritten() throws Exception {
        var tree = StrictYaml.asWritten("[0123, 1e3, 0x1F, 1.50, 'a']", "x");

        assertThat(tree).isEqualTo(Json.read("[\"0123\",\"1e3\",\"0x1F\",\"1.50\",\"a\"]"));
    }
}
