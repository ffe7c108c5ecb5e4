package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Whether a file with credentials is as private as it must be (D2.6, threats.md T23.1). */
public final class PrivateFile {
    /** Its ids are those of this process. */
    private static final Path SELF = Path.of("/proc/self");

    private static final Integer ROOT = 0;

    private PrivateFile() {}

    /**
     * Checks owner and mode; a link counts as the file it leads to.
     *
     * @throws ConfigException if somebody beyond the owner can write it, somebody beyond the owner and this process's group can
     *     read it, or it belongs to neither this user nor root
     */
    public static void check(Path file) throws ConfigException {
        try {
            if (inCredentialsDirectory(file)) {
                return;
            }
            var mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.GROUP_WRITE)
                    || mode.contains(PosixFilePermission.OTHERS_WRITE)
                    || mode.contains(PosixFilePermission.OTHERS_READ)
                    || (groupCanRead(mode) && !sameId("unix:gid", file))) {
                throw new ConfigException(file + ": others can read or write it; run: chmod 600 " + file);
            }
            if (!sameId("unix:uid", file)
                    && !Files.getAttribute(file, "unix:uid").equals(ROOT)) {
                throw new ConfigException(file + ": belongs to another user; make it your own or root's");
            }
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    private static boolean groupCanRead(Set<PosixFilePermission> mode) {
        return mode.contains(PosixFilePermission.GROUP_READ);
    }

    /** What the service manager delivers is private to the service by its directory, whatever the mode of the file is. */
    private static boolean inCredentialsDirectory(Path file) throws IOException {
        var directory = System.getenv("CREDENTIALS_DIRECTORY");
        return directory != null
                && !directory.isEmpty()
                && file.toRealPath().startsWith(Path.of(directory).toRealPath());
    }

    private static boolean sameId(String attribute, Path file) throws IOException {
        return Files.getAttribute(SELF, attribute).equals(Files.getAttribute(file, attribute));
    }
}
