package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("robot-md.md 10.11.2, 10.11.3: a skill enters the text, and nothing else changes")
class SkillEditorTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private static SkillEntry entry(String id) {
        return new SkillEntry(id, SkillEntry.Status.OK, Optional.empty(), Optional.empty(), Optional.empty(), DAY);
    }

    private static SkillEntry full(String id) {
        return new SkillEntry(
                id,
                SkillEntry.Status.BLOCKED,
                Optional.of(List.of("bench: 2", "yes")),
                Optional.of(List.of()),
                Optional.of("slips on #wet# floors"),
                DAY);
    }

    /** The smallest manifest with more lines at the end of its frontmatter. */
    private static String with(String lines) {
        var minimal = Sample.minimal();
        var close = minimal.indexOf("\n---\n") + 1;
        return minimal.substring(0, close) + lines + minimal.substring(close);
    }

    private static void assertEdit(String lines, SkillEntry entry, String edited, int count) {
        var manifest = Sample.parse(with(lines));
        assertThat(SkillEditor.edit(manifest, entry)).isEqualTo(new SkillEdit.Edited(with(edited), count));
        var again = Sample.parse(with(edited));
        assertThat(SkillEditor.edit(again, entry)).isEqualTo(new SkillEdit.Edited(with(edited), count));
    }

    @Test
    @DisplayName("a missing list is appended to the frontmatter in block style")
    void missingList() {
        assertEdit("", full("pick.cup"), """
                        learned_skills:
                          - id: pick.cup
                            status: blocked
                            validated:
                              - "bench: 2"
                              - "yes"
                            blocked_by: []
                            notes: "slips on #wet# floors"
                            recorded_at: "2026-11-20"
                        """, 1);
    }

    @Test
    void aNewEntryFollowsTheLastOne() {
        assertEdit("""
                        learned_skills: # by hand
                        - id: a
                          notes: |
                            two
                            lines

                        # about what follows
                        network:
                          port: 1
                        """, entry("null"), """
                        learned_skills: # by hand
                        - id: a
                          notes: |
                            two
                            lines
                        - id: "null"
                          status: ok
                          recorded_at: "2026-11-20"

                        # about what follows
                        network:
                          port: 1
                        """, 2);
    }

    @Test
    @DisplayName("given keys change in place, others and all comments stay")
    void changesInPlace() {
        assertEdit("""
                        learned_skills:
                          # the first one
                          - "status":   'degraded'   # since March
                            mood: &m { good: [1] }
                            recorded_at:
                              2026-01-01
                            'id': a
                            validated:

                              - "old"
                              - older
                            notes: >-
                              folded
                              text
                            # the end of a
                          - {id: b}
                        """, full("a"), """
                        learned_skills:
                          # the first one
                          - "status": blocked   # since March
                            mood: &m { good: [1] }
                            recorded_at: "2026-11-20"
                            'id': a
                            validated:
                              - "bench: 2"
                              - "yes"
                            notes: "slips on #wet# floors"
                            blocked_by: []
                            # the end of a
                          - {id: b}
                        """, 2);
    }

    @Test
    @DisplayName("a list keeps the style it has; what already says so keeps its quoting")
    void keepsStyle() {
        assertEdit("""
                        learned_skills:
                          - id: a
                            status: !!str blocked
                            validated: [a, b] # two
                            blocked_by:
                            notes:
                            recorded_at: '2026-11-20'
                        """, full("a"), """
                        learned_skills:
                          - id: a
                            status: !!str blocked
                            validated: ["bench: 2", "yes"] # two
                            blocked_by: []
                            notes: "slips on #wet# floors"
                            recorded_at: '2026-11-20'
                        """, 1);
    }

    @Test
    @DisplayName("byte order mark, CRLF and characters outside the basic plane stay where they are")
    void otherLineEnds() {
        var lines = "x-note: 😀😀\nlearned_skills: \n  - id: 😀\n  - id: a\n    notes: 😀😀 \n    status: ok\n";
        var text = "\uFEFF" + with(lines).replace("\n", "\r\n");
        assertThat(SkillEditor.edit(Sample.parse(text), entry("a")))
                .isEqualTo(new SkillEdit.Edited(
                        text.replace("    status: ok\r\n", "    status: ok\r\n    recorded_at: \"2026-11-20\"\r\n"),
                        2));
    }

    @Test
    void aFrontmatterThatIsIndented() {
        var minimal = Sample.minimal();
        var close = minimal.indexOf("\n---\n") + 1;
        var indented =
                "---\n" + minimal.substring(4, close).replaceAll("(?m)^", "   ").stripTrailing() + "\n";
        var body = minimal.substring(close);
        assertThat(SkillEditor.edit(Sample.parse(indented + body), entry("a")))
                .isEqualTo(new SkillEdit.Edited(
                        indented
                                + "   learned_skills:\n     - id: a\n       status: ok\n       recorded_at: \"2026-11-20\"\n"
                                + body,
                        1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "learned_skills: []\n",
                "learned_skills: [{id: a}]\n",
                "learned_skills:\n",
                "learned_skills: none\n",
                "learned_skills: &l\n  - id: a\n",
                "learned_skills: !!seq\n  - id: a\n",
                "x-l: &l [{id: a}]\nlearned_skills: *l\n",
                "x-k: &k learned_skills\n*k :\n  - id: a\n",
                "learned_skills:\n  - {id: a}\n",
                "learned_skills:\n  - &e\n    id: a\n",
                "learned_skills:\n  - !!map\n    id: a\n",
                "x-e: &e {id: a}\nlearned_skills:\n  - *e\n",
                "learned_skills:\n  - id: a\n  - id: a\n",
                "learned_skills:\n  - id: a\n    status: &s degraded\nx-s: *s\n",
                "learned_skills:\n  - id: a\n    ? status # a: b\n    : degraded\n",
                "learned_skills:\n  - id: a\n    x-k: &k notes\n    *k : old\n",
                "learned_skills:\n  - id: a\n    validated: # how\n      - b\n",
                "learned_skills:\n  - id: a\n    validated:\n      - b # how\n      - c\n",
                "learned_skills:\n  - id: a\n    validated: [b, # how\n      c]\n",
                "learned_skills:\n  - id: a\n    notes: | # how\n      c\n",
                "learned_skills:\n  - id: a\n    more: |+\n      c\n\n"
            })
    @DisplayName(
            "not_editable: flow style, aliases, anchors, tags, double ids, comments and blank lines that would be lost")
    void refusals(String lines) {
        assertThat(SkillEditor.edit(Sample.parse(with(lines)), full("a"))).isInstanceOf(SkillEdit.NotEditable.class);
    }

    @Test
    @DisplayName("not_editable: a frontmatter in flow style")
    void flowRoot() {
        assertThat(SkillEditor.edit(Sample.parse("---\n{a: b}\n---\n"), entry("a")))
                .isInstanceOf(SkillEdit.NotEditable.class);
    }

    @Test
    @DisplayName("10.11.4: errors the file had may stay, new ones are refused")
    void errors() {
        assertThat(SkillEditor.edit(Sample.parse("---\na: b\n---\n"), entry("a")))
                .isEqualTo(new SkillEdit.Edited(
                        "---\na: b\nlearned_skills:\n  - id: a\n    status: ok\n    recorded_at: \"2026-11-20\"\n---\n",
                        1));
        var large = with("x-large:\n" + "  - 1\n".repeat(Validator.MAX_VALUES - 80));
        assertThat(Validator.validate(Sample.read(large)).ok()).isTrue();
        var list = Optional.of(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"));
        var wide = new SkillEntry("a", SkillEntry.Status.OK, list, list, Optional.empty(), DAY);
        assertThat(SkillEditor.edit(Sample.parse(large), wide)).isInstanceOf(SkillEdit.Edited.class);
        var full = with("x-large:\n" + "  - 1\n".repeat(Validator.MAX_VALUES - 40));
        assertThat(SkillEditor.edit(Sample.parse(full), wide))
                .isEqualTo(new SkillEdit.NotEditable("the edited file would have new errors"));
    }

    @Test
    @DisplayName("not_editable: the file would grow beyond its bound")
    void tooLarge() {
        var minimal = Sample.minimal();
        var text = minimal + " ".repeat(ManifestParser.MAX_BYTES - minimal.length());
        assertThat(SkillEditor.edit(Sample.parse(text), entry("a"))).isInstanceOf(SkillEdit.NotEditable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "a b", ".a", "a\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    @DisplayName("10.11.1: an id out of bounds is no entry")
    void ids(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(id));
    }

    @Test
    @DisplayName("10.11.1: neither are long lists, long items, long notes or control characters in notes")
    void bounds() {
        for (var items : List.of(List.of("x".repeat(201)), Collections.nCopies(33, "x"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SkillEntry(
                            "a", SkillEntry.Status.OK, Optional.of(items), Optional.empty(), Optional.empty(), DAY));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SkillEntry(
                            "a", SkillEntry.Status.OK, Optional.empty(), Optional.of(items), Optional.empty(), DAY));
        }
        for (var notes : List.of("x".repeat(2001), "a\nb", "a\u0085b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SkillEntry(
                            "a", SkillEntry.Status.OK, Optional.empty(), Optional.empty(), Optional.of(notes), DAY));
        }
    }
}
