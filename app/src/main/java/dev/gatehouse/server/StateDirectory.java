package dev.gatehouse.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory a server keeps its state in, locked against a second one (D14.1). */
final class StateDirectory implements AutoCloseable {
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
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(path);
            }
            return new StateDirectory(path, channel);
        } catch (OverlappingFileLockException e) {
            throw inUse(path);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.Kind.CONFIGURATION,
                    "the state directory " + path + " cannot be used; choose another with --state-dir");
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
