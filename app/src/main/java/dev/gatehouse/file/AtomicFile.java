package dev.gatehouse.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces a file so that a crash at any instant leaves the old content or the new one, never a mixture (D8.6). */
public final class AtomicFile {
    /** Read and written by the owner only. */
    public static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AtomicFile() {}

    /**
     * Writes to a temporary name in the same directory, forces it, renames it and forces the directory.
     *
     * @param mode the permissions from the first byte on, whatever the umask says
     * @throws IOException if any step fails; the old file is then untouched
     */
    public static void write(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        writeIf(() -> true, file, content, mode);
    }

    /** Something that has to hold for a file to be replaced. */
    @FunctionalInterface
    public interface Condition {
        /** Asked when the new content is durable and nothing but the rename remains. */
        boolean holds() throws IOException;
    }

    /**
     * As {@link #write}, but leaves the old file alone if the condition does not hold.
     *
     * @return whether the file was replaced
     */
    public static boolean writeIf(Condition condition, Path file, byte[] content, Set<PosixFilePermission> mode)
            throws IOException {
        return writeIf(condition, file, content, mode, staged -> {});
    }

    /**
     * As {@link #writeIf} for a file that is there: the new one has its mode, its owner and its group.
     *
     * @throws IOException also if this user may not give a file to that owner
     */
    public static boolean rewriteIf(Condition condition, Path file, byte[] content) throws IOException {
        var was = Files.readAttributes(file, PosixFileAttributes.class);
        return writeIf(condition, file, content, was.permissions(), staged -> {
            var view = Files.getFileAttributeView(staged, PosixFileAttributeView.class);
            var is = view.readAttributes();
            // Giving a file to the one it belongs to already is refused to everybody but root on some systems.
            if (!is.owner().equals(was.owner())) {
                view.setOwner(was.owner());
            }
            if (!is.group().equals(was.group())) {
                view.setGroup(was.group());
            }
        });
    }

    @FunctionalInterface
    private interface Preparation {
        void apply(Path staged) throws IOException;
    }

    private static boolean writeIf(
            Condition condition, Path file, byte[] content, Set<PosixFilePermission> mode, Preparation preparation)
            throws IOException {
        var temporary = stage(file, content, mode);
        try {
            preparation.apply(temporary);
            if (!condition.holds()) {
                return false;
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(directoryOf(file));
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes the content beside the file, under a name of its own, durable and with its final mode. */
    static Path stage(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        var temporary = Files.createTempFile(
                directoryOf(file), "." + file.getFileName(), ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        var whole = false;
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            Files.setPosixFilePermissions(temporary, mode);
            channel.force(true);
            whole = true;
            return temporary;
        } finally {
            if (!whole) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /**
     * Removes what writes left in a directory that a crash cut off. For the one program that writes there: another's write would fail
     * and have to be tried again.
     *
     * @throws IOException if something cannot be removed
     */
    public static void sweep(Path directory) throws IOException {
        try (var leftovers = Files.newDirectoryStream(directory, ".*.tmp")) {
            for (var leftover : leftovers) {
                if (Files.isRegularFile(leftover, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(leftover);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever written there.
        }
    }

    /** Makes renames and creations in a directory survive power loss. */
    public static void forceDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path directoryOf(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        return parent;
    }
}
