package dev.gatehouse.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A checkout as it looks after a build, made from what this test runs with. */
final class BuiltCheckout {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private BuiltCheckout() {}

    static Path in(Path directory) throws IOException {
        var root = Files.createDirectory(directory.resolve("checkout"));
        var lib = Files.createDirectories(root.resolve("app/target/lib"));
        Files.copy(ROOT.resolve("gatehouse"), root.resolve("gatehouse"), StandardCopyOption.COPY_ATTRIBUTES);
        for (var tree : List.of("packaging", "examples/sim-arm", "docs")) {
            copy(ROOT.resolve(tree), root.resolve(tree));
        }
        for (var file : List.of("README.md", "CHANGELOG.md", "SECURITY.md")) {
            Files.createFile(root.resolve(file));
        }
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
            } else if (path.endsWith("classes")) {
                jar(path, root.resolve("app/target/gatehouse.jar"));
            }
        }
        return root;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling(""));
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void jar(Path classes, Path to) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(to));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }
}
