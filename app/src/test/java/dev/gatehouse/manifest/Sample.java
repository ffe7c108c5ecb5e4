package dev.gatehouse.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Manifests for tests: the smallest valid one, changed by a few lines of YAML. */
final class Sample {
    /** As a value in a change: the field is taken away. */
    static final String ABSENT = "(absent)";

    static final String NAME = "tin-mouse";

    private Sample() {}

    /** A fixture file's text. */
    static String file(String name) {
        try (var in = Objects.requireNonNull(Sample.class.getResourceAsStream("/manifest/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example's text from the root of the checkout. */
    static String example(String path) {
        try {
            return Files.readString(Path.of("..", "examples").resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String minimal() {
        return file("minimal.ROBOT.md");
    }

    static Reading read(String text) {
        return ManifestParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static Manifest parse(String text) {
        return switch (read(text)) {
            case Manifest manifest -> manifest;
            case Unreadable(var message) -> throw new AssertionError(message);
        };
    }

    /** Just the frontmatter of some YAML. */
    static Map<String, @Nullable Object> tree(String yaml) {
        return parse("---\n" + yaml + (yaml.endsWith("\n") ? "" : "\n") + "---\n")
                .frontmatter();
    }

    /** The smallest manifest with YAML merged over its frontmatter: mappings merge, everything else replaces. */
    static Manifest changed(String yaml) {
        var minimal = parse(minimal());
        return yaml.isBlank() ? minimal : manifest(merged(minimal.frontmatter(), tree(yaml)), minimal.body());
    }

    static Manifest manifest(Map<String, @Nullable Object> frontmatter, String body) {
        return new Manifest("", frontmatter, body, List.of(), "");
    }

    /** The schema errors of a changed smallest manifest. */
    static List<String> schemaErrors(String yaml) {
        return Validator.validate(changed(yaml)).errors().stream()
                .filter(error -> !error.startsWith("body: "))
                .toList();
    }

    static List<Warning> warnings(String yaml) {
        return Validator.validate(changed(yaml)).warnings();
    }

    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> change) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.putAll(base);
        change.forEach((key, value) -> {
            if (ABSENT.equals(value)) {
                result.remove(key);
            } else if (value instanceof Map<?, ?> inner && result.get(key) instanceof Map<?, ?> old) {
                result.put(key, merged(Section.tree(old), Section.tree(inner)));
            } else {
                result.put(key, value);
            }
        });
        return result;
    }
}
