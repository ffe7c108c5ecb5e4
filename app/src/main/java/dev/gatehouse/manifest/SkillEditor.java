package dev.gatehouse.manifest;

import dev.gatehouse.manifest.PlacedNode.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Enters a skill into the text of a manifest: only the lines of its entry change (robot-md.md 10.11.2 to 10.11.4).
 *
 * <p>Where the YAML library says a node lies, the new text goes; whatever came of it is then parsed and judged like any other file, and
 * anything but the wanted difference is a refusal. So a form of YAML nobody thought of cannot be damaged, only declined.
 */
public final class SkillEditor {
    static final String LIST = "learned_skills";

    private static final int INDENT = 2;

    private final Manifest manifest;
    private final SkillEntry entry;
    private final String yaml;
    private final List<?> skills;

    private SkillEditor(Manifest manifest, SkillEntry entry, String yaml) {
        this.manifest = manifest;
        this.entry = entry;
        this.yaml = yaml;
        this.skills = Section.of(manifest.frontmatter()).list(LIST);
    }

    /** The text of the manifest with the entry in it; the manifest's own text if it says all that already. */
    public static SkillEdit edit(Manifest manifest, SkillEntry entry) {
        var text = manifest.rawText();
        var start = text.indexOf('\n') + 1;
        return switch (Delimiters.split(text.substring(text.startsWith("\uFEFF") ? 1 : 0))) {
            case Delimiters.Malformed malformed -> new SkillEdit.NotEditable(malformed.message());
            case Delimiters.Parts(var yaml, var body) ->
                new SkillEditor(manifest, entry, yaml).edit(text.substring(0, start), start + yaml.length());
        };
    }

    private SkillEdit edit(String before, int end) {
        var after = manifest.rawText().substring(end);
        return switch (plan()) {
            case Plan.Refusal(var why) -> new SkillEdit.NotEditable(why);
            case Plan.Splices(var splices, var index) -> checked(before + spliced(splices) + after, index);
        };
    }

    /** What to do with the YAML text, or why nothing can be done. */
    private sealed interface Plan {
        /** Changes in the order of the text; {@code index} is that of the entry in the new list. */
        record Splices(List<Splice> splices, int index) implements Plan {}

        record Refusal(String why) implements Plan {}
    }

    /** Text to put in place of what lies from start to end. */
    private record Splice(int start, int end, String text) {
        static Splice insert(int at, String text) {
            return new Splice(at, at, text);
        }
    }

    private Plan plan() {
        var root = PlacedNode.root(yaml);
        if (root.isEmpty() || root.get().shape() != Shape.BLOCK_MAPPING) {
            return new Plan.Refusal("the frontmatter is not written in block style");
        }
        var member = root.get().member(LIST);
        if (member.isEmpty()) {
            return newList(root.get().column());
        }
        var list = member.get().value();
        if (list.shape() != Shape.BLOCK_LIST || list.marked()) {
            return new Plan.Refusal(LIST + " is not a plain list in block style");
        }
        var places = IntStream.range(0, skills.size())
                .filter(i ->
                        skills.get(i) instanceof Map<?, ?> skill && entry.id().equals(skill.get("id")))
                .toArray();
        return switch (places.length) {
            case 0 -> newEntry(list);
            case 1 -> oldEntry(list.children().get(places[0]), places[0]);
            default -> new Plan.Refusal("more than one skill has this id");
        };
    }

    private Plan newList(int column) {
        var lineEnd = lineEnd(yaml.length() - 1);
        return added(yaml.length(), " ".repeat(column) + LIST + ":" + lineEnd, column + INDENT, lineEnd);
    }

    private Plan newEntry(PlacedNode list) {
        return added(nextLine(list.end()), "", list.column(), lineEnd(list.end()));
    }

    private Plan added(int at, String heading, int column, String lineEnd) {
        var lines = new StringBuilder(heading);
        var indent = " ".repeat(column) + "- ";
        for (var change : entry.members().entrySet()) {
            lines.append(indent).append(member(change.getKey(), change.getValue(), column + INDENT, lineEnd));
            indent = " ".repeat(column + INDENT);
        }
        return new Plan.Splices(List.of(Splice.insert(at, lines.toString())), skills.size());
    }

    private Plan oldEntry(PlacedNode item, int index) {
        if (item.shape() != Shape.BLOCK_MAPPING || item.marked()) {
            return new Plan.Refusal("the entry is not a plain mapping in block style");
        }
        var now = Section.of(skills.get(index));
        var splices = new ArrayList<Splice>();
        var missing = new StringBuilder();
        var lineEnd = lineEnd(item.end());
        for (var change : entry.members().entrySet()) {
            if (change.getValue().equals(now.value(change.getKey()))) {
                continue;
            }
            var member = item.member(change.getKey());
            if (member.isEmpty()) {
                missing.append(" ".repeat(item.column()))
                        .append(member(change.getKey(), change.getValue(), item.column(), lineEnd));
                continue;
            }
            var value = member.get().value();
            var colon = yaml.indexOf(':', member.get().key().end()) + 1;
            if (colon > value.start() || value.hasComment(yaml, colon)) {
                return new Plan.Refusal("a comment stands inside a value that would change");
            }
            splices.add(new Splice(colon, value.end(), value(change.getValue(), value, item.column())));
        }
        if (!missing.isEmpty()) {
            splices.add(Splice.insert(nextLine(item.end()), missing.toString()));
        }
        return new Plan.Splices(splices, index);
    }

    private static String member(String key, Object value, int column, String lineEnd) {
        return key + ":" + (value instanceof List<?> list ? list(list, column + INDENT, lineEnd) : scalar(value))
                + lineEnd;
    }

    /** What follows the colon in place of an old value, in the style of the old one. */
    private String value(Object value, PlacedNode old, int column) {
        if (!(value instanceof List<?> list)) {
            return scalar(value);
        }
        return switch (old.shape()) {
            case FLOW ->
                " ["
                        + String.join(
                                ", ",
                                list.stream()
                                        .map(item -> YamlStrings.quoted(String.valueOf(item)))
                                        .toList())
                        + "]";
            case BLOCK_LIST -> list(list, old.column(), lineEnd(old.start()));
            case ALIAS, SCALAR, BLOCK_SCALAR, BLOCK_MAPPING -> list(list, column + INDENT, lineEnd(old.start()));
        };
    }

    private static String scalar(Object value) {
        return " " + YamlStrings.oneLine(value.toString());
    }

    private static String list(List<?> items, int column, String lineEnd) {
        if (items.isEmpty()) {
            return " []";
        }
        var lines = new StringBuilder();
        items.forEach(item -> lines.append(lineEnd)
                .append(" ".repeat(column))
                .append("- ")
                .append(YamlStrings.oneLine(String.valueOf(item))));
        return lines.toString();
    }

    private String spliced(List<Splice> splices) {
        var out = new StringBuilder(yaml);
        // From the end, so that the places of the earlier ones stay true.
        splices.stream()
                .sorted((a, b) -> Integer.compare(b.start(), a.start()))
                .forEach(splice -> out.replace(splice.start(), splice.end(), splice.text()));
        return out.toString();
    }

    /** The edited text, if it reads as exactly what was wanted and is no worse than before. */
    private SkillEdit checked(String text, int index) {
        if (!(ManifestParser.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Manifest edited)
                || !edited.frontmatter().equals(wanted(index))
                || !edited.body().equals(manifest.body())) {
            return new SkillEdit.NotEditable("the entry cannot be changed without changing something else");
        }
        var errors = new HashSet<>(Validator.validate(manifest).errors());
        return errors.containsAll(Validator.validate(edited).errors())
                ? new SkillEdit.Edited(text, Math.max(skills.size(), index + 1))
                : new SkillEdit.NotEditable("the edited file would have new errors");
    }

    /** The old tree with the one difference that is asked for. */
    private Map<String, @Nullable Object> wanted(int index) {
        var list = new ArrayList<@Nullable Object>(skills);
        var skill = new LinkedHashMap<String, @Nullable Object>();
        if (index < list.size()) {
            skill.putAll(Section.of(list.get(index)).members());
        } else {
            list.add(skill);
        }
        skill.putAll(entry.members());
        list.set(index, skill);
        var tree = new LinkedHashMap<String, @Nullable Object>(manifest.frontmatter());
        tree.put(LIST, list);
        return tree;
    }

    private int nextLine(int at) {
        return yaml.indexOf('\n', at) + 1;
    }

    /** The line end of the line that {@code at} is in; files of mixed line ends stay as mixed as they are. */
    private String lineEnd(int at) {
        var end = yaml.indexOf('\n', at);
        return end > 0 && yaml.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }
}
