package dev.gatehouse.server;

import dev.gatehouse.file.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory a server keeps its state in, locked against a second one (D14.1). */
public final class StateDirectory implements AutoCloseable {
    /** The file in it that the latch outlives the process in (D8.6). */
    public static final String LATCH = "estop.json";

    /** The directory in it that the audit is in. */
    static final String AUDIT = "audit";

    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private StateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static StateDirectory lock(Path path) throws StartFailure {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(path);
            }
            // A server that was killed in the middle of a write cannot have cleared up (threats.md T19.2).
            AtomicFile.sweep(path);
            AtomicFile.sweep(path.resolve(AUDIT));
            return new StateDirectory(path, channel);
        } catch (OverlappingFileLockException e) {
            throw inUse(path);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.Kind.CONFIGURATION,
                    "the state directory " + path + " cannot be used; choose another with --state-dir");
        }
    }

    /**
     * Whether a server of another process runs on this directory. Nothing is written; a server that starts in the very instant of
     * the question may find the directory in use and has to be started again.
     *
     * @throws IOException if it cannot be told
     */
    public static boolean isHeld(Path path) throws IOException {
        try (var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ);
                var lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static StartFailure inUse(Path path) {
        return new StartFailure(
                StartFailure.Kind.STATE_IN_USE,
                "another server uses the state directory " + path + "; stop it, or choose another with --state-dir");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
