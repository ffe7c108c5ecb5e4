package dev.gatehouse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program as the rules of the house see it: its classes and its sources. */
final class House {
    static final String ROOT = "dev.gatehouse.";
    static final Path MAIN = Path.of("src", "main", "java");
    static final Path TEST = Path.of("src", "test", "java");

    /** Imported once for all tests: reading a thousand classes takes a while. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gatehouse");

    private House() {}

    /** The room of a package, such as {@code robot.sim}; empty for what is not ours. */
    static Optional<String> room(String packageName) {
        return packageName.startsWith(ROOT) ? Optional.of(packageName.substring(ROOT.length())) : Optional.empty();
    }

    /** All Java files below a directory. */
    static List<Path> sources(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
