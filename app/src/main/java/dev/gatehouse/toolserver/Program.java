package dev.gatehouse.toolserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which program the tool server is, found once (D16.1, threats.md T22.1).
 *
 * @param path absolute; not resolved further, because some programs look at the name they were started by
 * @param sha256 of its content when it was found
 */
public record Program(Path path, String sha256) {
    private static final String CANNOT_BE_READ = "";

    /**
     * The program a command names.
     *
     * @param command an absolute path, or a name to be looked for
     * @param searchPath directories as in the variable {@code PATH}; those that are not absolute are passed over
     * @throws ToolServerException if there is none
     */
    static Program find(String command, String searchPath) throws ToolServerException {
        var path = command.contains("/") ? Path.of(command) : searched(command, searchPath);
        if (!path.isAbsolute()) {
            throw new ToolServerException(
                    "the tool server " + command + " must be an absolute path, or a name that is found in PATH");
        }
        if (!usable(path)) {
            throw new ToolServerException("the tool server " + path + " is no program that can be run");
        }
        var sha256 = digest(path);
        if (sha256.equals(CANNOT_BE_READ)) {
            throw new ToolServerException("the tool server " + path + " cannot be read");
        }
        return new Program(path, sha256);
    }

    /** Whether it is still the program that was found; what cannot be read any more is not. */
    boolean unchanged() {
        return sha256.equals(digest(path));
    }

    private static Path searched(String command, String searchPath) {
        for (var directory : searchPath.split(":", -1)) {
            var candidate = Path.of(directory).resolve(command);
            if (candidate.isAbsolute() && usable(candidate)) {
                return candidate;
            }
        }
        return Path.of(command);
    }

    private static boolean usable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static String digest(Path path) {
        try (InputStream in = Files.newInputStream(path);
                var out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (IOException e) {
            return CANNOT_BE_READ;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
