package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestParser;
import dev.gatehouse.manifest.SkillEdit;
import dev.gatehouse.manifest.SkillEditor;
import dev.gatehouse.manifest.SkillEntry;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** robot-md.md 10.11, 15.10: a skill enters any manifest, or is declined, and everything else stays. */
class SkillEditorFuzzTest {
    /** The first byte chooses the entry, the rest is the file. */
    static Stream<byte[]> seeds() {
        return Seeds.manifests()
                .flatMap(file -> Stream.of(0, 0b1010_1010, 0b1111_1110).map(choice -> {
                    var seed = new byte[file.length + 1];
                    seed[0] = choice.byteValue();
                    System.arraycopy(file, 0, seed, 1, file.length);
                    return seed;
                }));
    }

    @MethodSource("seeds")
    @FuzzTest
    void onlyTheEntryChanges(byte[] bytes) {
        if (bytes.length == 0
                || !(ManifestParser.parse(Arrays.copyOfRange(bytes, 1, bytes.length)) instanceof Manifest before)) {
            return;
        }
        var entry = entry(bytes[0]);
        if (!(Timed.answer(() -> SkillEditor.edit(before, entry)) instanceof SkillEdit.Edited(var text, var count))) {
            return;
        }
        var after = parsed(text);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(withoutSkills(after)).isEqualTo(withoutSkills(before));
        assertThat(after.frontmatter().keySet())
                .startsWith(before.frontmatter().keySet().toArray(String[]::new));

        var old = skills(before);
        var now = skills(after);
        var changed = IntStream.range(0, now.size())
                .filter(i -> i >= old.size() || !now.get(i).equals(old.get(i)))
                .toArray();
        assertThat(now).hasSize(count).hasSizeBetween(old.size(), old.size() + 1);
        assertThat(changed).hasSizeLessThanOrEqualTo(1);
        for (var i : changed) {
            var wanted = new LinkedHashMap<Object, Object>();
            if (i < old.size()) {
                wanted.putAll((Map<?, ?>) old.get(i));
            }
            wanted.put("id", entry.id());
            wanted.put("status", entry.status().word());
            entry.validated().ifPresent(list -> wanted.put("validated", list));
            entry.blockedBy().ifPresent(list -> wanted.put("blocked_by", list));
            entry.notes().ifPresent(notes -> wanted.put("notes", notes));
            wanted.put("recorded_at", entry.recordedAt().toString());
            assertThat(now.get(i)).isEqualTo(wanted);
        }
        assertThat(SkillEditor.edit(after, entry)).isEqualTo(new SkillEdit.Edited(text, count));
    }

    private static SkillEntry entry(byte choice) {
        var items = List.of("plain", "yes", "a: b #c\n", "");
        return new SkillEntry(
                (choice & 1) == 0 ? "pick.cup" : "b",
                (choice & 2) == 0 ? SkillEntry.Status.OK : SkillEntry.Status.BLOCKED,
                (choice & 4) == 0 ? Optional.empty() : Optional.of(items.subList(0, choice >> 3 & 3)),
                (choice & 32) == 0 ? Optional.empty() : Optional.of(items.subList(choice >> 6 & 3, 4)),
                (choice & 64) == 0 ? Optional.empty() : Optional.of((choice & 128) == 0 ? "fine" : "it's: # \uFEFF😀"),
                LocalDate.of(2026, 11, 20));
    }

    private static Manifest parsed(String text) {
        return (Manifest) ManifestParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> withoutSkills(Manifest manifest) {
        var rest = new LinkedHashMap<String, Object>(manifest.frontmatter());
        rest.remove("learned_skills");
        return rest;
    }

    private static List<?> skills(Manifest manifest) {
        return manifest.frontmatter().get("learned_skills") instanceof List<?> list ? list : List.of();
    }
}
