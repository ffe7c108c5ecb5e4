package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    private static YamlValue value(String yaml) throws ConfigException {
        return StrictYaml.read("a: " + yaml).members(Set.of("a")).required("a");
    }

    @Test
    void readsTheCoreSchema() throws Exception {
        var tree = StrictYaml.read("{a: 1, b: 1.50, c: true, d: null, e: text, f: [x]}")
                .jsonObject();

        assertThat(Json.line(tree))
                .isEqualTo("{\"a\":1,\"b\":1.50,\"c\":true,\"d\":null,\"e\":\"text\",\"f\":[\"x\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "on", "12:30", "2027-01-01T00:00:00Z"})
    @DisplayName("what only YAML 1.1 took for something else is a string")
    void noSurprises(String written) throws Exception {
        assertThat(value(written).string()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "1e3", "0x1F", "1.50", "12345678901234567890"})
    @DisplayName("D2.5: a text that looks like a number is the text that stands there")
    void textAsWritten(String written) throws Exception {
        assertThat(value(written).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "--- 1\n--- 2", "a: b: c", "a: &x [1]\nb: *x", "", "\tx: 1", "# nothing"})
    void refuses(String text) {
        assertThatThrownBy(() -> StrictYaml.read(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("line \\d: (not valid YAML|aliases are not allowed|the document is empty)");
    }

    @Test
    void aKeyStandsThereOnce() {
        assertThatThrownBy(() -> StrictYaml.read("a: 1\na: 2").members(Set.of("a")))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    @DisplayName("an error names the line and never what stands in it")
    void quotesNothing() {
        assertThatThrownBy(() -> StrictYaml.read("a: 1\ntoken: 'hunter2"))
                .hasMessageStartingWith("line ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    @DisplayName("depth is checked before anything is built, so the stack holds")
    void depth() throws Exception {
        assertThat(StrictYaml.read("[".repeat(32) + "]".repeat(32)).isList()).isTrue();
        assertThatThrownBy(() -> StrictYaml.read("[".repeat(33) + "]".repeat(33)))
                .hasMessage("line 1: nested too deeply");
        assertThatThrownBy(() -> StrictYaml.read("[".repeat(100_000))).isInstanceOf(ConfigException.class);
    }

    @Test
    void aFileIsNamed(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("policy.yaml"), "a: 1\nb: 2\n");

        assertThatThrownBy(() -> StrictYaml.read(file, value -> value.members(Set.of("a"))))
                .hasMessageStartingWith(file + ", line 2: b: unknown member 'b'");
        assertThatThrownBy(() -> StrictYaml.read(directory.resolve("none.yaml"), YamlValue::items))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void size(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("large.yaml"), "#".repeat(300_000));

        assertThatThrownBy(() -> StrictYaml.read(file, YamlValue::items)).hasMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.inf", ".nan", "true", "'1'", "[1]"})
    void numbersAreFinite(String written) throws Exception {
        var value = value(written);

        assertThatThrownBy(value::decimal).hasMessage("line 1: a: must be a decimal number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4", "1.5", "99999999999999999999", "'2'", "0x2"})
    void wholeNumbersHaveBounds(String written) throws Exception {
        var value = value(written);

        assertThatThrownBy(() -> value.integer(0, 3)).hasMessageStartingWith("line 1: a: must be");
    }

    @Test
    void aMemberWithoutAValueIsAbsent() throws Exception {
        var members = StrictYaml.read("{a: null, b: }").members(Set.of("a", "b", "c"));

        assertThat(members.optional("a", YamlValue::string)).isEmpty();
        assertThat(members.strings("b")).isEmpty();
        assertThat(members.integer("c", 0, 9, 4)).isEqualTo(4);
        assertThatThrownBy(() -> members.required("a")).hasMessage("line 1: member 'a' is missing");
    }
}
