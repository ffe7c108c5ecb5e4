package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 2.1, 2.2 and 2.4: bytes, delimiters, and what a refusal says")
class DelimitersTest {
    private static final String NO_FRONTMATTER = "no frontmatter found";
    private static final String NOT_CLOSED = "frontmatter block is not properly closed";
    private static final String EMPTY = "frontmatter block is empty";

    @Test
    @DisplayName("2.4: the body starts right after the closing line and keeps every line end")
    void bodyIsVerbatim() {
        assertThat(Sample.parse("---\na: 1\n---\n\n \r\nx\n").body()).isEqualTo("\n \r\nx\n");
        assertThat(Sample.parse("---\na: 1\n---").body()).isEmpty();
        assertThat(Sample.parse("---\na: 1\n---\n").body()).isEmpty();
        assertThat(Sample.parse("---\na: 1\n---  ").body()).isEmpty();
    }

    @Test
    @DisplayName("2.1.4: LF and CRLF end lines, also mixed")
    void lineEnds() {
        var manifest = Sample.parse("---\r\na: 1\nb: 2\r\n---\r\nbody");
        assertThat(manifest.frontmatter()).containsOnlyKeys("a", "b");
        assertThat(manifest.body()).isEqualTo("body");
    }

    @Test
    @DisplayName("2.1.4: a carriage return alone is no line end")
    void carriageReturns() {
        assertRefused("---\ra: 1\r---\r", NOT_CLOSED);
        assertRefused(
                "---\na: 1\rb: 2\n---\n",
                "invalid YAML frontmatter: carriage return without line feed at line 2, column 5");
    }

    @Test
    @DisplayName("2.1.2: one byte order mark is removed from the parsed text, kept in rawText, and reported")
    void byteOrderMark() {
        var manifest = Sample.parse("\uFEFF---\na: 1\n---\nx");
        assertThat(manifest.rawText()).startsWith("\uFEFF---");
        assertThat(manifest.body()).isEqualTo("x");
        assertThat(manifest.warnings())
                .extracting(Warning::toString)
                .singleElement()
                .asString()
                .startsWith("line 1: [bom] ");
        assertRefused("\uFEFF\uFEFF---\na: 1\n---\n", NO_FRONTMATTER);
    }

    @Test
    @DisplayName("2.1.5: the exact text and the hash of the bytes are kept")
    void rawTextAndHash() {
        var manifest = Sample.parse("---\na: \"ä\"\n---\n");
        assertThat(manifest.rawText()).isEqualTo("---\na: \"ä\"\n---\n");
        assertThat(manifest.sha256())
                .hasSize(64)
                .isEqualTo(Sample.parse("---\na: \"ä\"\n---\n").sha256());
        assertThat(manifest.sha256())
                .isNotEqualTo(Sample.parse("---\na: \"a\"\n---\n").sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"---   \na: 1\n---\n", "---\t\na: 1\n---\t \n", "---\n\n\na: 1\n---\n", "---\na: 1\n--- \t"})
    @DisplayName("2.2.2, 2.2.6: blanks after the hyphens and blank lines after the opener are allowed")
    void tolerated(String text) {
        assertThat(Sample.parse(text).frontmatter()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n---\na: 1\n---\n", " ---\na: 1\n---\n", "# Title\n", "--", "\t---\na: 1\n---\n"})
    @DisplayName("2.2.1: nothing may stand before the opener")
    void noFrontmatter(String text) {
        assertRefused(text, NO_FRONTMATTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "----\na: 1\n---\n",
                "---foo\na: 1\n---\n",
                "--- end\na: 1\n---\n",
                "---",
                "---\n",
                "---\na: 1\n",
                "---\na: 1\n----\n",
                "---\na: 1\n---foo\n",
                "---\na: 1\n--- end\n",
                "---\na: 1\n  ---\n",
                "---\na: 1\n...\n"
            })
    @DisplayName("2.2.2, 2.2.3, 2.2.5: anything but exactly three hyphens alone on a line neither opens nor closes")
    void notClosed(String text) {
        assertRefused(text, NOT_CLOSED);
    }

    @Test
    @DisplayName("2.2.4: a delimiter line closes the block even inside a block scalar, indented it does not")
    void insideBlockScalar() {
        assertThat(Sample.parse("---\na: |\n  x\n---\ny\n---\n").body()).isEqualTo("y\n---\n");
        assertThat(Sample.parse("---\na: |\n  x\n  ---\n---\n").frontmatter()).containsEntry("a", "x\n---\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\n---\n",
                "---\n---",
                "---\n\n---\n",
                "---\n# only a comment\n---\n",
                "---\n~\n---\n",
                "---\nnull\n---\n"
            })
    @DisplayName("2.4: nothing between the delimiters")
    void empty(String text) {
        assertRefused(text, EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"---\n- a\n---\n", "---\nplain\n---\n", "---\n\"\"\n---\n", "---\n5\n---\n", "---\n[]\n---\n"})
    @DisplayName("2.4: a list or a scalar is not a frontmatter")
    void notAMapping(String text) {
        assertRefused(text, "frontmatter must be a YAML mapping");
    }

    @Test
    @DisplayName("2.1.1: invalid UTF-8 is refused")
    void invalidUtf8() {
        var bytes = "---\na: x\n---\n".getBytes(StandardCharsets.UTF_8);
        bytes[7] = (byte) 0xFF;
        assertThat(ManifestParser.parse(bytes)).isEqualTo(new Unreadable("file is not valid UTF-8"));
    }

    @Test
    @DisplayName("2.1.3: one mebibyte is accepted, one byte more is refused")
    void size() {
        var bytes = new byte[ManifestParser.MAX_BYTES + 1];
        Arrays.fill(bytes, (byte) '\n');
        var head = "---\na: 1\n---\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        assertThat(ManifestParser.parse(Arrays.copyOf(bytes, ManifestParser.MAX_BYTES)))
                .isInstanceOf(Manifest.class);
        assertThat(ManifestParser.parse(bytes))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).startsWith("file is too large"));
    }

    private static void assertRefused(String text, String start) {
        assertThat(Sample.read(text))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).startsWith(start));
    }
}
