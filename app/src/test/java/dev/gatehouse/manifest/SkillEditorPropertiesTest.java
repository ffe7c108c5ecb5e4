package dev.gatehouse.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** robot-md.md 15.10: the difference of the file is limited to the entry, however the file is written. */
class SkillEditorPropertiesTest {
    private static final Pattern COMMENT = Pattern.compile("# [a-z ]+");

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void onlyTheEntryChanges(@ForAll long seed) {
        var random = new Random(seed);
        var sample = SkillSample.of(random);
        var manifest = Sample.parse(sample.text());
        var entry = SkillSample.entry(random);
        switch (SkillEditor.edit(manifest, entry)) {
            case SkillEdit.NotEditable(var why) ->
                assertThat(sample.awkward()).as(why + "\n" + sample.text()).isTrue();
            case SkillEdit.Edited(var text, var count) -> {
                assertThat(text).startsWith(sample.before()).endsWith(sample.after());
                assertThat(text.length()).isGreaterThanOrEqualTo((sample.before() + sample.after()).length());
                var lines = text.substring(
                        sample.before().length(), text.length() - sample.after().length());
                COMMENT.matcher(sample.lines())
                        .results()
                        .filter(comment -> !comment.group().contains("no comment"))
                        .forEach(comment -> assertThat(lines).contains(comment.group()));
                var edited = Sample.parse(text);
                var skills = Section.of(edited.frontmatter()).sections("learned_skills");
                assertThat(skills).hasSize(count);
                assertThat(skills.stream().map(Section::members))
                        .anySatisfy(skill -> assertThat(skill).containsAllEntriesOf(entry.members()));
                assertThat(Validator.validate(manifest).errors())
                        .containsAll(Validator.validate(edited).errors());
                assertThat(SkillEditor.edit(edited, entry)).isEqualTo(new SkillEdit.Edited(text, count));
            }
        }
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void aFileWithoutTheListGetsOne(@ForAll long seed) {
        var random = new Random(seed);
        var minimal = Sample.minimal();
        var close = minimal.indexOf("\n---\n") + 1;
        var entry = SkillSample.entry(random);
        var edit = SkillEditor.edit(Sample.parse(minimal), entry);
        assertThat(edit).isInstanceOfSatisfying(SkillEdit.Edited.class, edited -> {
            assertThat(edited.text()).startsWith(minimal.substring(0, close)).endsWith(minimal.substring(close));
            var added = edited.text().substring(close, edited.text().length() - minimal.length() + close);
            assertThat(Sample.tree(added)).isEqualTo(Map.of("learned_skills", List.of(entry.members())));
            assertThat(added).isEqualTo(Renderer.render(Sample.tree(added)));
        });
    }
}
