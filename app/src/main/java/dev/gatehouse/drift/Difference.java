package dev.gatehouse.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How two tables differ, by the names of their rows. */
record Difference(List<String> added, List<String> removed, List<String> changed) {
    /** Names shown of each kind; the rest is counted, so that a report stays short. */
    private static final int SHOWN = 3;

    static Difference between(Map<String, String> before, Map<String, String> now) {
        var added = new ArrayList<String>();
        var removed = new ArrayList<String>();
        var changed = new ArrayList<String>();
        var all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        for (var name : all) {
            if (!before.containsKey(name)) {
                added.add(name);
            } else if (!now.containsKey(name)) {
                removed.add(name);
            } else if (!before.get(name).equals(now.get(name))) {
                changed.add(name);
            }
        }
        return new Difference(added, removed, changed);
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /** For example {@code added look, wave; changed render}. */
    String text(String changedWord) {
        var parts = new ArrayList<String>();
        part(parts, "added", added);
        part(parts, "removed", removed);
        part(parts, changedWord, changed);
        return String.join("; ", parts);
    }

    private static void part(List<String> parts, String word, List<String> names) {
        if (!names.isEmpty()) {
            var shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
            parts.add(word + " " + shown + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : ""));
        }
    }
}
