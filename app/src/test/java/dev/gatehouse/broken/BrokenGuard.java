package dev.gatehouse.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A guard of the program, and how it is broken.
 *
 * @param id the row of threats.md it stands against
 * @param tests simple names of the test classes that must notice
 */
record BrokenGuard(String id, List<String> tests, List<Edit> edits) {
    /** One for each part of threats.md. */
    private static final List<String> LISTS =
            List.of("injection.txt", "identity.txt", "wire.txt", "acting.txt", "records.txt", "disconnect.txt");

    /** All of them, in the order of the lists. */
    static List<BrokenGuard> all() {
        return LISTS.stream().flatMap(list -> parse(text(list)).stream()).toList();
    }

    private static String text(String list) {
        try (var in = BrokenGuard.class.getResourceAsStream(list)) {
            if (in == null) {
                throw new IllegalStateException(list + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A guard begins with its id and tests; {@code @} names a file, {@code -} and {@code +} are lines of it. */
    static List<BrokenGuard> parse(String text) {
        var guards = new ArrayList<BrokenGuard>();
        var open = Optional.<EditReader>empty();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            switch (line.charAt(0)) {
                case '@', '-', '+' ->
                    open.orElseThrow().take(line.charAt(0), line.substring(1).strip());
                default -> {
                    open.map(EditReader::guard).ifPresent(guards::add);
                    open = Optional.of(new EditReader(line));
                }
            }
        }
        open.map(EditReader::guard).ifPresent(guards::add);
        return guards;
    }

    @Override
    public String toString() {
        // Not the id itself: to run without a guard is no proof of it.
        return String.join(", ", tests) + " without the guard of " + id.replace('.', '-');
    }

    private static final class EditReader {
        private final List<String> words;
        private final List<Edit> edits = new ArrayList<>();
        private String file = "";
        private List<String> removed = new ArrayList<>();
        private List<String> added = new ArrayList<>();

        EditReader(String header) {
            words = List.of(header.split("\\s+"));
        }

        void take(char kind, String rest) {
            switch (kind) {
                case '@' -> {
                    close();
                    file = rest;
                }
                case '-' -> {
                    if (!added.isEmpty()) {
                        close();
                    }
                    removed.add(rest);
                }
                default -> added.add(rest);
            }
        }

        private void close() {
            if (!removed.isEmpty() || !added.isEmpty()) {
                edits.add(new Edit(file, List.copyOf(removed), List.copyOf(added)));
            }
            removed = new ArrayList<>();
            added = new ArrayList<>();
        }

        BrokenGuard guard() {
            close();
            return new BrokenGuard(words.getFirst(), words.subList(1, words.size()), List.copyOf(edits));
        }
    }
}
