package dev.gatehouse.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mapping of the frontmatter seen through questions that have an answer whatever is really there. */
record Section(Map<String, @Nullable Object> members) {
    private static final Section EMPTY = new Section(Map.of());

    /** The value as a mapping; anything else is an empty one. */
    static Section of(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? new Section(tree(map)) : EMPTY;
    }

    /** The same mapping with the static type of a frontmatter mapping, whose keys are always strings. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> tree(Map<?, ?> map) {
        if (map.keySet().stream().allMatch(String.class::isInstance)) {
            return (Map<String, @Nullable Object>) map;
        }
        var strings = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> strings.put(String.valueOf(key), value));
        return Collections.unmodifiableMap(strings);
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    @Nullable Object value(String key) {
        return members.get(key);
    }

    Section section(String key) {
        return of(value(key));
    }

    Optional<String> text(String key) {
        return value(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Boolean> flag(String key) {
        return value(key) instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
    }

    /** A finite number. */
    OptionalDouble number(String key) {
        return number(value(key));
    }

    /** A whole number within the range of an int. */
    OptionalInt whole(String key) {
        var number = number(key);
        return number.isPresent() && number.getAsDouble() == (int) number.getAsDouble()
                ? OptionalInt.of((int) number.getAsDouble())
                : OptionalInt.empty();
    }

    List<?> list(String key) {
        return value(key) instanceof List<?> list ? list : List.of();
    }

    /** The strings among a list's items. */
    List<String> texts(String key) {
        return list(key).stream()
                .flatMap(item -> item instanceof String text ? Stream.of(text) : Stream.empty())
                .toList();
    }

    /** The mappings among a list's items. */
    List<Section> sections(String key) {
        return list(key).stream().filter(Map.class::isInstance).map(Section::of).toList();
    }

    /** A list of exactly two finite numbers, whichever is the larger. */
    Optional<Range> range(String key) {
        var list = list(key);
        if (list.size() != 2) {
            return Optional.empty();
        }
        var min = number(list.get(0));
        var max = number(list.get(1));
        return min.isPresent() && max.isPresent()
                ? Optional.of(new Range(min.getAsDouble(), max.getAsDouble()))
                : Optional.empty();
    }

    static OptionalDouble number(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
