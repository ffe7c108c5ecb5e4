package dev.gatehouse.gate;

import dev.gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Whether a file with credentials is as private as it must be (D2.6, threats.md T23.1). */
public final class PrivateFile {
    /** Its ids are those of this process. */
    private static final Path SELF = Path.of("/proc/self");

    private static final Integer ROOT = 0;

    private static final int MAX_BYTES = 4096;

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

    /**
     * What a private file holds, without the blanks around it.
     *
     * @throws ConfigException if it is not private enough, see {@link #check}, longer than any secret, or cannot be read; never
     *     quotes it
     */
    public static String text(Path file) throws ConfigException {
        check(file);
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(file + ": longer than any secret; is it the right file?");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
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
