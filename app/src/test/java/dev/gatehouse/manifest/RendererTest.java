package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md section 5: rendering")
class RendererTest {
    @Test
    @DisplayName("block style, two-space indent, list items below their key, key order kept, one final line feed")
    void shape() {
        assertThat(Renderer.render(Sample.tree("{b: {y: [1, {k: v, l: [[], {}, [x]]}], z: {}}, a: ~, c: true}")))
                .isEqualTo("""
                        b:
                          y:
                            - 1
                            - k: v
                              l:
                                - []
                                - {}
                                - - x
                          z: {}
                        a: null
                        c: true
                        """);
        assertThat(Renderer.render(Map.of())).isEqualTo("{}\n");
    }

    @Test
    @DisplayName("comments and anchors go, aliases are expanded")
    void aliases() {
        assertThat(Renderer.render(Sample.tree("a: &x {k: 1} # why\nb: *x"))).isEqualTo("a:\n  k: 1\nb:\n  k: 1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0200, 200",
        "2.0, 2",
        "1e3, 1000",
        "2.50, 2.5",
        "-0.0, 0",
        "0.000001, 0.000001",
        "1.5e-9, 1.5e-9",
        "0x1F, 31",
        "123456789012345678901234567890, 123456789012345678901234567890",
        ".inf, .inf",
        "-.INF, -.inf",
        ".NaN, .nan"
    })
    void numbers(String source, String rendered) {
        assertThat(Renderer.render(Sample.tree("v: " + source))).isEqualTo("v: " + rendered + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "a:b",
                "a#b",
                "-a",
                "?a",
                ":a",
                "y",
                "n",
                "http://a/b?c=d#e",
                "it's",
                "50%",
                "a, b",
                "a\"b",
                "ü 機 😀",
                "1.2.3",
                "a - b",
                "x]",
                "v1.0"
            })
    void plainStrings(String text) {
        assertRendersAs(text, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "- a",
                "-",
                "? a",
                "? ",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'a",
                "%a",
                "@a",
                "`a",
                "[a",
                "{a",
                ",a",
                "a-",
                "---",
                "--- a",
                "...",
                "true",
                "FALSE",
                "null",
                "~",
                "Null",
                "5",
                "+5",
                "0x1F",
                "0o7",
                "1e3",
                ".5",
                ".inf",
                ".nan",
                "yes",
                "No",
                "on",
                "OFF",
                "3:20",
                "2026-04-17",
                "1_000",
                "<<",
                "=",
                "0b1"
            })
    @DisplayName("what another reader could take for something else is quoted")
    void quotedStrings(String text) {
        assertRendersAs(text, "\"" + text.replace("\"", "\\\"") + "\"");
    }

    @Test
    void escapes() {
        assertRendersAs("\"\\ \t\r\u0000\u0085\u2028\uFEFF", "\"\\\"\\\\ \\t\\r\\u0000\\u0085\\u2028\\uFEFF\"");
    }

    @Test
    @DisplayName("several lines become a literal block with the right chomping sign")
    void literals() {
        assertThat(render("a\nb")).isEqualTo("v: |-\n  a\n  b\n");
        assertThat(render("a\nb\n")).isEqualTo("v: |\n  a\n  b\n");
        assertThat(render("a\n\nb\n\n\n")).isEqualTo("v: |+\n  a\n\n  b\n\n\n");
        assertThat(render("\n\n  \na")).startsWith("v: \"");
        assertThat(render("\na\n  b")).isEqualTo("v: |-\n\n  a\n    b\n");
        assertThat(render("a\n  ")).startsWith("v: \"");
        assertThat(render(" a\nb")).startsWith("v: \"");
        assertThat(render("\n")).isEqualTo("v: \"\\n\"\n");
        assertThat(render("a\r\nb")).startsWith("v: \"");
        for (var text :
                List.of("a\nb", "a\nb\n", "a\n\n", "a\n\nb\n\n\n", "\na", "a\n \n", "a\n---\nb", "# a\n- b\n")) {
            var list = Map.<String, Object>of("v", List.of(text, Map.of("k", text, "l", List.of(text))));
            assertThat(Sample.parse("---\n" + Renderer.render(list) + "---\n").frontmatter())
                    .isEqualTo(list);
        }
    }

    @Test
    @DisplayName("no folding, however long")
    void longLines() {
        var text = "word ".repeat(500) + "end";
        assertRendersAs(text, text);
    }

    @Test
    @DisplayName("keys that are long, empty, ambiguous or of several lines read back")
    void keys() {
        for (var key : List.of(
                "", "a: b", "null", "1", "- x", "two\nlines", "x".repeat(5000), "q\"".repeat(900), "<<", "on")) {
            for (var value : List.<Object>of("v", Map.of("k", "v"), List.of("v"), List.of())) {
                var tree = Map.<String, Object>of(key, value);
                assertThat(Sample.tree(Renderer.render(tree))).isEqualTo(tree);
                var nested = Map.<String, Object>of("list", List.of(tree, Map.of("deep", tree)));
                assertThat(Sample.tree(Renderer.render(nested))).isEqualTo(nested);
            }
        }
    }

    @Test
    @DisplayName("every character of the basic plane, and the last of others, reads back wherever it stands")
    void everyCharacter() {
        var blocks = IntStream.concat(IntStream.rangeClosed(0, 0xFF), IntStream.of(0x1F6, 0x1FF, 0x10FF));
        blocks.map(block -> block << 8).forEach(first -> {
            var texts = IntStream.range(first, first + 0x100)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .flatMap(c -> Stream.of(c, "a" + c, c + "a", "a\n" + c))
                    .toList();
            var tree = Map.<String, Object>of("v", texts);
            assertThat(Sample.tree(Renderer.render(tree)).equals(tree)).isTrue();
        });
    }

    private static String render(String text) {
        return Renderer.render(Map.of("v", text));
    }

    private static void assertRendersAs(String text, String yaml) {
        assertThat(render(text)).isEqualTo("v: " + yaml + "\n");
        assertThat(Sample.tree(render(text))).containsEntry("v", text);
        assertThat(Sample.tree(Renderer.render(Map.of(text, "v")))).containsEntry(text, "v");
    }
}
