package dev.gatehouse.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server puts its Unix socket (D2.3): the service manager's runtime directory, else the session's, else the state directory.
 *
 * <p>A directory that others can write is none of these: whoever replaced the socket there would be told the tokens of its callers.
 */
final class RuntimeDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeDirectory.class);

    private RuntimeDirectory() {}

    /** What the environment says. */
    static Optional<Path> of(Map<String, String> environment) {
        var managed = environment.getOrDefault("RUNTIME_DIRECTORY", "");
        if (!managed.isEmpty()) {
            // The service manager names several where several are configured; the first is the one to use.
            return Optional.of(Path.of(managed.split(":", 2)[0]));
        }
        var session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return session.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(session).resolve("gatehouse"));
    }

    /** Makes it if need be; the state directory where it cannot be had or is not private. */
    static Path prepared(Optional<Path> wanted, Path state) {
        if (wanted.isEmpty()) {
            return state;
        }
        try {
            Files.createDirectories(
                    wanted.get(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var mode = Files.getPosixFilePermissions(wanted.get(), LinkOption.NOFOLLOW_LINKS);
            var owner = Files.getOwner(wanted.get(), LinkOption.NOFOLLOW_LINKS);
            if (owner.equals(Files.getOwner(state))
                    && !mode.contains(PosixFilePermission.GROUP_WRITE)
                    && !mode.contains(PosixFilePermission.OTHERS_WRITE)) {
                return wanted.get();
            }
            LOG.warn(
                    "{} belongs to, or can be written by, others; the local socket is in the state directory",
                    wanted.get());
        } catch (IOException e) {
            LOG.warn("{} cannot be used; the local socket is in the state directory", wanted.get());
        }
        return state;
    }
}
