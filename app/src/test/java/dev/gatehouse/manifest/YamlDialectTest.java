package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 2.3: the table of one strict YAML 1.2 core")
class YamlDialectTest {
    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void truth(String plain) {
        assertQuiet(plain, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE"})
    void falsehood(String plain) {
        assertQuiet(plain, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "Yes", "YES", "yEs", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"})
    void oldBooleansAreStrings(String plain) {
        assertWarned(plain, plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "Null", "NULL", "~", ""})
    void nothing(String plain) {
        assertQuiet(plain, null);
    }

    @ParameterizedTest
    @CsvSource({"0200, 200", "08, 8", "-0200, -200", "0o310, 200", "2e2, 200", "1e3, 1000", ".5e3, 500", "2.5e3, 2500"})
    void numbersThatOldToolsReadOtherwise(String plain, BigInteger value) {
        assertWarned(plain, value);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200",
        "0, 0",
        "00, 0",
        "07, 7",
        "-5, -5",
        "+5, 5",
        "0x1F, 31",
        "200., 200",
        "2.0, 2",
        "-0.0, 0",
        "2.5e+3, 2500",
        "9007199254740993, 9007199254740993",
        "123456789012345678901234567890, 123456789012345678901234567890"
    })
    @DisplayName("2.3.7: whole numbers of any size are exact")
    void wholeNumbers(String plain, BigInteger value) {
        assertQuiet(plain, value);
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2.5", "-0.25, -0.25", ".5, 0.5", "1.50, 1.5"})
    void fractions(String plain, BigDecimal value) {
        assertQuiet(plain, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b11",
                "2_00",
                "3:20",
                "190:20:30.15",
                "0x_1F",
                "1_0.5",
                "+0x1F",
                "2026-04-17",
                "2026-04-17T10:00:00Z",
                "="
            })
    void stringsThatOldToolsReadOtherwise(String plain) {
        assertWarned(plain, plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y", "n", "Y", "N", "٢٠٠", "2٠", "0o8", "1.2.3", "v1.0", "e3", ".", "1e", "truE", "nuLl", ".iNf", "5x"
            })
    void strings(String plain) {
        assertQuiet(plain, plain);
    }

    @Test
    void notFinite() {
        assertQuiet(".inf", Double.POSITIVE_INFINITY);
        assertQuiet("-.INF", Double.NEGATIVE_INFINITY);
        assertQuiet(".NaN", Double.NaN);
        assertThat(Sample.tree("v: 1e400")).containsEntry("v", Double.POSITIVE_INFINITY);
        assertThat(Sample.tree("v: -1e400")).containsEntry("v", Double.NEGATIVE_INFINITY);
    }

    @Test
    @DisplayName("quoting makes anything a quiet string")
    void quoted() {
        for (var plain : List.of("yes", "0200", "2026-04-17", "null", "1e3", "<<")) {
            assertQuiet("\"" + plain + "\"", plain);
            assertQuiet("'" + plain + "'", plain);
        }
    }

    @Test
    @DisplayName("`<<` is an ordinary key and merges nothing")
    void merge() {
        var manifest = Sample.parse("---\nbase: &b {x: 1}\nv:\n  <<: *b\n---\n");
        assertThat(manifest.frontmatter()).containsEntry("v", Map.of("<<", Map.of("x", BigInteger.ONE)));
        assertThat(manifest.warnings()).extracting(Warning::where).containsExactly("line 4");
    }

    @Test
    @DisplayName("`y` and `n` are also ordinary keys; `on` as a key is pointed out")
    void oldBooleansAsKeys() {
        assertThat(Sample.parse("---\ny: 1\nn: 2\n---\n").warnings()).isEmpty();
        assertThat(Sample.parse("---\non: 1\n---\n").warnings()).hasSize(1);
    }

    @Test
    @DisplayName("4.6: a portability warning names the line and both readings")
    void bothReadings() {
        assertThat(Sample.parse("---\nsafety:\n  estop:\n    response_ms: 0200\n---\n")
                        .warnings())
                .extracting(Warning::toString)
                .singleElement()
                .asString()
                .startsWith("line 4: [yaml-portability] ")
                .contains("the number 200 here and the number 128 to YAML 1.1 tools");
    }

    @ParameterizedTest
    @CsvSource({"!!str 200, 200", "!!str, ''", "!!str true, true", "!!str null, null", "'!!str \"x\"', x"})
    void stringTag(String yaml, String value) {
        assertQuiet(yaml, value);
    }

    @Test
    void otherCoreTags() {
        assertQuiet("!!int \"31\"", BigInteger.valueOf(31));
        assertQuiet("!!int 0x1F", BigInteger.valueOf(31));
        assertQuiet("!!float 200", BigInteger.valueOf(200));
        assertQuiet("!!float \"2.5\"", new BigDecimal("2.5"));
        assertQuiet("!!bool \"true\"", true);
        assertQuiet("!!null \"\"", null);
        assertQuiet("!!seq [1]", List.of(BigInteger.ONE));
        assertQuiet("!!map {a: x}", Map.of("a", "x"));
        assertQuiet("!<tag:yaml.org,2002:int> 3", BigInteger.valueOf(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!binary aGk=",
                "!!timestamp 2026-04-17",
                "!!python/object:os.system ls",
                "!x y",
                "! 200",
                "!!int abc",
                "!!bool yes",
                "!!seq x"
            })
    @DisplayName("any other tag, or one that does not fit, is ignored: a scalar is a string")
    void ignoredScalarTags(String yaml) {
        var manifest = Sample.parse("---\nv: " + yaml + "\n---\n");
        assertThat(manifest.frontmatter()).containsEntry("v", yaml.substring(yaml.indexOf(' ') + 1));
        assertThat(manifest.warnings()).extracting(Warning::code).containsExactly(WarningCode.UNKNOWN_TAG);
    }

    @Test
    @DisplayName("any other tag on a collection leaves a plain list or mapping")
    void ignoredCollectionTags() {
        var manifest = Sample.parse("---\nset: !!set {a, b}\nlist: !x [1]\nmap: !!omap\n  a: 1\n---\n");
        assertThat(manifest.frontmatter().get("list")).isEqualTo(List.of(BigInteger.ONE));
        assertThat(manifest.frontmatter().get("map")).isEqualTo(Map.of("a", BigInteger.ONE));
        assertThat(Section.of(manifest.frontmatter()).section("set").members()).containsOnlyKeys("a", "b");
        assertThat(manifest.warnings())
                .extracting(Warning::code)
                .containsOnly(WarningCode.UNKNOWN_TAG)
                .hasSize(3);
    }

    @Test
    @DisplayName("a hundred findings are enough; the rest is counted")
    void manyFindings() {
        var warnings =
                Sample.parse("---\nv: [" + "on,".repeat(250) + "]\n---\n").warnings();
        assertThat(warnings).hasSize(101);
        assertThat(warnings.getLast().text()).startsWith("150 more");
    }

    private static void assertQuiet(String yaml, @Nullable Object value) {
        var manifest = Sample.parse("---\nv: " + yaml + "\n---\n");
        assertThat(manifest.frontmatter().get("v")).isEqualTo(value);
        assertThat(manifest.warnings()).isEmpty();
    }

    private static void assertWarned(String yaml, Object value) {
        var manifest = Sample.parse("---\nv: " + yaml + "\n---\n");
        assertThat(manifest.frontmatter().get("v")).isEqualTo(value);
        assertThat(manifest.warnings()).extracting(Warning::code).containsExactly(WarningCode.YAML_PORTABILITY);
    }
}
