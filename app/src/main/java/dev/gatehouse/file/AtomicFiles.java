package dev.gatehouse.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces several files together: all of them, or none (D15.4).
 *
 * <p>Every new content is durable under a temporary name before the first old file is touched. From then on only renames
 * remain, and those are taken back if one fails.
 */
public final class AtomicFiles {
    private final Rename rename;
    private final List<Change> changes = new ArrayList<>();

    public AtomicFiles() {
        this((from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    /** With another way to rename, for tests of what happens if it fails half way. */
    public AtomicFiles(Rename rename) {
        this.rename = rename;
    }

    /** Plans to write a file with these permissions, whatever the umask says. */
    public AtomicFiles write(Path file, byte[] content, Set<PosixFilePermission> mode) {
        changes.add(new Change.Write(file, content.clone(), Set.copyOf(mode)));
        return this;
    }

    /** Plans to remove a file, if there is one. */
    public AtomicFiles remove(Path file) {
        changes.add(new Change.Remove(file));
        return this;
    }

    /**
     * Does what was planned.
     *
     * @throws IOException if any step fails; every file is then as it was
     */
    public void commit() throws IOException {
        var leftovers = new ArrayList<Path>();
        try {
            var steps = new ArrayList<Step>();
            for (var change : changes) {
                steps.add(prepare(change, leftovers));
            }
            replace(steps);
        } finally {
            for (var leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private static Step prepare(Change change, List<Path> leftovers) throws IOException {
        var fresh = Optional.<Path>empty();
        if (change instanceof Change.Write(var file, var content, var mode)) {
            fresh = Optional.of(AtomicFile.stage(file, content, mode));
            leftovers.add(fresh.get());
        }
        return new Step(change.file(), fresh, keep(change.file(), leftovers));
    }

    /** A second name of the old file, by which it can be put back; a link, so that the old file never goes missing. */
    private static Optional<Path> keep(Path file, List<Path> leftovers) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var second = Files.createTempFile(AtomicFile.directoryOf(file), "." + file.getFileName(), ".old");
        leftovers.add(second);
        Files.delete(second);
        Files.createLink(second, file);
        return Optional.of(second);
    }

    private void replace(List<Step> steps) throws IOException {
        var done = new ArrayDeque<Step>();
        try {
            for (var step : steps) {
                done.push(step);
                if (step.fresh().isPresent()) {
                    rename.rename(step.fresh().get(), step.file());
                } else {
                    Files.deleteIfExists(step.file());
                }
            }
            force(steps);
        } catch (IOException | RuntimeException e) {
            done.forEach(step -> undo(step, e));
            throw e;
        }
    }

    private static void undo(Step step, Exception cause) {
        try {
            if (step.old().isPresent()) {
                // If the file was not replaced yet, both names are one file, and this changes nothing.
                Files.move(step.old().get(), step.file(), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(step.file());
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void force(List<Step> steps) throws IOException {
        var directories = new HashSet<Path>();
        for (var step : steps) {
            if (directories.add(AtomicFile.directoryOf(step.file()))) {
                AtomicFile.forceDirectory(AtomicFile.directoryOf(step.file()));
            }
        }
    }

    /** The one step that can fail half way; tests let it. */
    @FunctionalInterface
    public interface Rename {
        /** Gives a file its final name, in place of any file of that name. */
        void rename(Path from, Path to) throws IOException;
    }

    private sealed interface Change {
        Path file();

        @SuppressWarnings("ArrayRecordComponent") // private, copied on the way in and never shown
        record Write(Path file, byte[] content, Set<PosixFilePermission> mode) implements Change {}

        record Remove(Path file) implements Change {}
    }

    private record Step(Path file, Optional<Path> fresh, Optional<Path> old) {}
}
