package dev.gatehouse.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary directory, readable by its owner only, that is gone at the end, also when somebody presses Ctrl-C. */
final class Workspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

    private final Path root;
    private final boolean keep;
    private final Thread atExit = new Thread(this::delete, "demo-workspace");

    private Workspace(Path root, boolean keep) {
        this.root = root;
        this.keep = keep;
    }

    static Workspace open(boolean keep) throws IOException {
        var workspace = new Workspace(Files.createTempDirectory("gatehouse-demo-"), keep);
        Runtime.getRuntime().addShutdownHook(workspace.atExit);
        return workspace;
    }

    Path root() {
        return root;
    }

    Path bearers() {
        return root.resolve("bearers.yaml");
    }

    Path state() {
        return root.resolve("state");
    }

    Path audit() {
        return state().resolve("audit");
    }

    /** Where the record is copied to, to be tampered with. */
    Path tampered() {
        return root.resolve("tampered");
    }

    private void delete() {
        if (keep || !Files.exists(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new Deleting());
        } catch (IOException e) {
            LOG.warn("demo: {} could not be deleted", root);
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.debug("demo: the program is ending already");
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
