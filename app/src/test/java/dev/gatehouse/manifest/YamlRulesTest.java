package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 2.3: the further rules")
class YamlRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a: 1\na: 2", "v: {x: 1, x: 2}", "v:\n  - x: 1\n    \"x\": 2", "1: a\n\"1\": b", "~: a\n\"~\": b"
            })
    @DisplayName("1, 2: keys that are equal as text are duplicates, at any depth")
    void duplicateKeys(String yaml) {
        assertRefused(yaml, "duplicate key");
    }

    @Test
    @DisplayName("2: a scalar key is its source text")
    void keys() {
        assertThat(Sample.tree("1: a\n0x1: b\n1.0: c\ntrue: d\n~: e\n'': f\n'q': g\n? |\n  two\n  lines\n: h"))
                .containsOnlyKeys("1", "0x1", "1.0", "true", "~", "", "q", "two\nlines\n");
        assertThat(Sample.tree("v: [&k name]\n*k : x")).containsEntry("name", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a]: b", "? [a]\n: b", "{a: 1}: b", "v: &x [1]\n*x : b"})
    @DisplayName("2: a list or mapping cannot be a key")
    void collectionKeys(String yaml) {
        assertRefused(yaml, "a list or mapping cannot be a key");
    }

    @Test
    @DisplayName("3: aliases are expanded")
    void aliases() {
        assertThat(Sample.tree("a: &x {k: v}\nb: *x\nc: &s word\nd: [*s, *s]"))
                .containsEntry("b", Map.of("k", "v"))
                .containsEntry("d", List.of("word", "word"));
        assertRefused("a: *nowhere", "alias without a preceding anchor");
        assertRefused("a: *later\nb: &later 1", "alias without a preceding anchor");
    }

    @Test
    @DisplayName("3: a hundred alias references are accepted, one more is refused")
    void aliasLimit() {
        assertThat(Sample.tree("a: &x 1\nb: [" + "*x,".repeat(100) + "]")).containsKey("b");
        assertRefused("a: &x 1\nb: [" + "*x,".repeat(101) + "]", "more than 100 aliases");
    }

    @Test
    @DisplayName("3: references count after expansion, so a small file cannot grow large")
    void expansionCounts() {
        var nine = "a: &a x\nb: &b [" + "*a,".repeat(9) + "]\n";
        // The nine of b itself, and ten for every reference to b.
        assertThat(Sample.tree(nine + "c: [" + "*b,".repeat(9) + "]\nd: *a")).containsKey("d");
        assertRefused(nine + "c: [" + "*b,".repeat(9) + "]\nd: [*a, *a]", "more than 100 aliases");
        assertRefused(nine + "c: [" + "*b,".repeat(10) + "]", "more than 100 aliases");
    }

    @Test
    @DisplayName("15.1: aliases cannot make a tree that no file could hold")
    void expansionWeight() {
        var list = "a: &a [" + "x,".repeat(100_000) + "]\n";
        assertThat(Sample.tree(list + "b: [*a, *a]")).containsKey("b");
        assertRefused(list + "b: [" + "*a,".repeat(100) + "]", "aliases expand to more than any file may hold");
    }

    @Test
    @DisplayName("4: a node cannot contain itself")
    void cycles() {
        assertRefused("a: &x\n  b: *x", "alias to a node that contains it");
        assertRefused("a: &x [1, [*x]]", "alias to a node that contains it");
        assertRefused("a: &x {*x : 1}", "alias to a node that contains it");
    }

    @Test
    @DisplayName("5: a hundred levels are accepted, one more is refused, in block and in flow style")
    void depth() {
        assertThat(Sample.tree("v: " + "[".repeat(99) + "]".repeat(99))).containsKey("v");
        assertRefused("v: " + "[".repeat(100) + "]".repeat(100), "nesting deeper than 100 levels");
        assertThat(Sample.tree(nestedBlocks(100))).isNotEmpty();
        assertRefused(nestedBlocks(101), "nesting deeper than 100 levels");
        assertRefused("v: " + "[".repeat(100_000), "nesting deeper than 100 levels");
        assertRefused("v: " + "{a: ".repeat(100_000), "nesting deeper than 100 levels");
        assertRefused("- ".repeat(100_000), "nesting deeper than 100 levels");
    }

    @Test
    @DisplayName("5: aliases do not nest deeper either")
    void depthThroughAliases() {
        var deep = "v: &x " + "[".repeat(60) + "]".repeat(60);
        assertThat(Sample.tree(deep + "\nw: " + "[".repeat(39) + "*x" + "]".repeat(39)))
                .containsKey("w");
        assertRefused(deep + "\nw: " + "[".repeat(40) + "*x" + "]".repeat(40), "nesting deeper than 100 levels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\n...",
                "...\na: 1",
                "a: 1\n...\nb: 2",
                "%YAML 1.2",
                "%FOO\na: 1",
                "--- {a: 1}",
                "a: 1\n--- b: 2",
                "a:\n\tb: 1",
                "a:\n  \tb: 1",
                "-\tx: 1",
                "a: [1, 2",
                "a: \"x",
                "a: 'x",
                "a: b: c",
                "a: @x",
                "a: `x`",
                "a: %x",
                "!e!x: 1",
                "a: \u0000",
                "a: \u0007",
                "a: \"\\q\"",
                "a: \"\\ud800\"",
                "a: \"\\UFFFFFFFF\"",
                "a\nb: 1",
                "a: *",
                "a: & x"
            })
    @DisplayName("6: several documents, markers, directives, tabs as indentation, and whatever else is not YAML")
    void notYaml(String yaml) {
        assertRefused(yaml, "");
    }

    @Test
    @DisplayName("6: a tab may separate, just not indent")
    void tabs() {
        assertThat(Sample.tree("a:\tb\n\t\nc: d\t# e")).containsEntry("a", "b").containsEntry("c", "d");
    }

    @Test
    @DisplayName("7: key order is kept")
    void order() {
        var keys = IntStream.range(0, 50).mapToObj(i -> "k" + (i * 37) % 50).toList();
        assertThat(Sample.tree(keys.stream().map(key -> key + ": 1").collect(Collectors.joining("\n")))
                        .keySet())
                .containsExactlyElementsOf(keys);
    }

    @Test
    @DisplayName("8: names that mean something elsewhere are plain data")
    void plainData() {
        assertThat(Sample.tree("__proto__: {x: 1}\nconstructor: 3\nclass: java.lang.Runtime"))
                .containsOnlyKeys("__proto__", "constructor", "class");
    }

    @Test
    @DisplayName("the tree cannot be changed at any level")
    void unmodifiable() {
        var tree = Sample.tree("a: {b: [1]}");
        assertThat(tree).isUnmodifiable();
        assertThat(Section.of(tree).section("a").members()).isUnmodifiable();
        assertThat(Section.of(tree).section("a").value("b"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isUnmodifiable();
    }

    @ParameterizedTest
    @CsvSource({
        "'a: [1', 3, 1",
        "'a: 1\na: 2', 3, 1",
        "'a: 1\nb: *x', 3, 4",
        "'a: 1\nb: \u0007', 3, 4",
        "'\"ä\": x\n\"ä\": y', 3, 1"
    })
    @DisplayName("2.4: line and column count in the whole file")
    void position(String yaml, int line, int column) {
        assertRefused(yaml, "at line " + line + ", column " + column);
    }

    @Test
    @DisplayName("2.4: an excerpt is one line and short, whatever is in the file")
    void excerpt() {
        var unreadable = (Unreadable) Sample.read("---\na: \"" + "x\u0085\u001b[31m".repeat(1000) + "\n---\n");
        assertThat(unreadable.message()).hasSizeLessThan(260).doesNotContain("\n", "\u001b", "\u0085");
    }

    private static String nestedBlocks(int levels) {
        return IntStream.range(0, levels).mapToObj(i -> " ".repeat(i) + "k:").collect(Collectors.joining("\n"));
    }

    private static void assertRefused(String yaml, String reason) {
        assertThat(Sample.read("---\n" + yaml + "\n---\n"))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message())
                                .startsWith("invalid YAML frontmatter: ")
                                .contains(reason));
    }
}
