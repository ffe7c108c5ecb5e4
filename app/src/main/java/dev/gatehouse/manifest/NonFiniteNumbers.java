package dev.gatehouse.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the infinities and NaNs of a tree: legal YAML, but no quantity a robot can obey and no JSON (robot-md.md 4.3). */
final class NonFiniteNumbers {
    private NonFiniteNumbers() {}

    static List<String> pointers(Map<String, @Nullable Object> frontmatter) {
        var found = new ArrayList<String>();
        collect(frontmatter, "", found);
        return found;
    }

    private static void collect(@Nullable Object value, String pointer, List<String> found) {
        switch (value) {
            case Number number when !Numbers.isFinite(number) -> found.add(pointer);
            case Map<?, ?> map ->
                map.forEach((key, member) -> {
                    if (isContainerOrNumber(member)) {
                        collect(member, Pointers.child(pointer, String.valueOf(key)), found);
                    }
                });
            case List<?> list -> {
                for (var i = 0; i < list.size(); i++) {
                    if (isContainerOrNumber(list.get(i))) {
                        collect(list.get(i), Pointers.child(pointer, i), found);
                    }
                }
            }
            case null, default -> {}
        }
    }

    /** Spares a pointer for every string and whole number. */
    private static boolean isContainerOrNumber(@Nullable Object value) {
        return value instanceof Map || value instanceof List || value instanceof Double || value instanceof Float;
    }
}
