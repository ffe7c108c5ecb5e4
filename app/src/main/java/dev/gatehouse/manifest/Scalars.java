package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Gives scalars their values and collects what is worth a warning: ignored tags and spellings that YAML 1.1 reads differently. */
final class Scalars {
    /** A file of a hundred thousand unquoted dates is one finding, not a hundred thousand. */
    private static final int MAX_WARNINGS = 100;

    private static final int MAX_SHOWN = 40;
    private static final String CORE = "tag:yaml.org,2002:";

    private final List<Warning> warnings = new ArrayList<>();
    private int leftOut;
    private int lastLine;

    List<Warning> warnings() {
        if (leftOut == 0) {
            return List.copyOf(warnings);
        }
        var all = new ArrayList<>(warnings);
        all.add(Warning.atLine(
                lastLine, WarningCode.YAML_PORTABILITY, leftOut + " more findings of this kind left out"));
        return List.copyOf(all);
    }

    /** The value of a scalar event; a string with an unpaired surrogate is refused, because no output could carry it. */
    @Nullable Object value(ScalarEvent event) throws YamlProblem {
        var text = event.getValue();
        if (hasLoneSurrogate(text)) {
            throw YamlProblems.at("an unpaired surrogate is not a character", event);
        }
        if (event.getTag().isPresent()) {
            return tagged(event, event.getTag().get());
        }
        if (!event.isPlain()) {
            return text;
        }
        var value = CoreSchema.value(text);
        OldYaml.otherReading(text)
                .ifPresent(other -> warn(
                        event,
                        WarningCode.YAML_PORTABILITY,
                        "%s is %s here and %s to YAML 1.1 tools; quote it or spell it differently"
                                .formatted(shown(text), reading(value), other)));
        return value;
    }

    /** Notices a tag on a collection that is not the one its shape already says. */
    void collectionTag(Optional<String> tag, String shape, Event event) {
        tag.filter(name -> !name.equals(CORE + shape)).ifPresent(name -> ignored(event, name));
    }

    private @Nullable Object tagged(ScalarEvent event, String tag) {
        var text = event.getValue();
        switch (tag) {
            case CORE + "str" -> {
                return text;
            }
            case CORE + "null" -> {
                if (CoreSchema.isNull(text)) {
                    return null;
                }
            }
            case CORE + "bool" -> {
                var truth = CoreSchema.truth(text);
                if (truth != null) {
                    return truth;
                }
            }
            case CORE + "int" -> {
                var whole = CoreSchema.integer(text);
                if (whole != null) {
                    return whole;
                }
            }
            case CORE + "float" -> {
                var number = CoreSchema.number(text);
                if (number != null) {
                    return number;
                }
            }
            default -> {}
        }
        ignored(event, tag);
        return text;
    }

    private void ignored(Event event, String tag) {
        var name = tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
        warn(event, WarningCode.UNKNOWN_TAG, "the tag " + shown(name) + " does not apply here and is ignored");
    }

    private void warn(Event event, WarningCode code, String text) {
        lastLine = event.getStartMark().map(Mark::getLine).orElse(0) + FrontmatterReader.FIRST_LINE;
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(Warning.atLine(lastLine, code, text));
        } else {
            leftOut++;
        }
    }

    private static String reading(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean truth -> "the boolean " + truth;
            case Number number -> "the number " + Numbers.text(number);
            default -> "a string";
        };
    }

    private static String shown(String text) {
        var cut = text.codePoints()
                .limit(MAX_SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return "\"" + cut + (cut.length() < text.length() ? "…" : "") + "\"";
    }

    private static boolean hasLoneSurrogate(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                var pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
