package dev.gatehouse.dispatch;

import dev.gatehouse.file.AtomicFile;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bytes of artifacts, each in a file named by its SHA-256 (dispatcher.md section 14). A file is whole and durable before an event
 * names it; one that no event names any more goes with the tasks (D14.3).
 */
public final class ArtifactFiles {
    /** The directory below the state directory. */
    public static final String DIRECTORY = "artifacts";

    /** How long a file may wait for the event that names it. */
    private static final Duration UNNAMED = Duration.ofHours(1);

    private final Path directory;
    private final Redactor redactor;
    private final Clock clock;

    private ArtifactFiles(Path directory, Redactor redactor, Clock clock) {
        this.directory = directory;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * Opens the directory below a state directory, creating it when it is not there.
     *
     * @throws IOException if it cannot be created
     */
    public static ArtifactFiles open(Path stateDirectory, Redactor redactor, Clock clock) throws IOException {
        var directory = stateDirectory.resolve(DIRECTORY);
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // What a server that was killed in the middle of a write left behind.
        AtomicFile.sweep(directory);
        return new ArtifactFiles(directory, redactor, clock);
    }

    /** Keeps a text, with every known secret taken out first (D4.6). */
    public Artifact keepText(String name, String text) throws IOException {
        return keep(name, "text/plain; charset=utf-8", redactor.clean(text).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Keeps bytes; the same bytes are kept once, however many tasks bring them.
     *
     * @throws IOException if they are not durable; then nobody may be told of them
     */
    public synchronized Artifact keep(String name, String mime, byte[] content) throws IOException {
        var sha256 = CanonicalJson.sha256(content);
        var file = directory.resolve(sha256);
        if (read(sha256).isPresent()) {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } else {
            AtomicFile.write(file, content, AtomicFile.OWNER_ONLY);
        }
        return new Artifact(name, mime, content.length, sha256);
    }

    /**
     * The bytes with this hash; empty if they are not there, or are not what they were.
     *
     * @throws IOException if they cannot be read
     */
    public Optional<byte[]> read(String sha256) throws IOException {
        try {
            var content = Files.readAllBytes(directory.resolve(sha256));
            return CanonicalJson.sha256(content).equals(sha256) ? Optional.of(content) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Deletes every file that none of these names and that has had the time to be named. */
    void sweep(Set<String> named) throws IOException {
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.filter(file -> !named.contains(file.getFileName().toString()))
                    .toList();
        }
        var before = FileTime.from(clock.instant().minus(UNNAMED));
        for (var file : files) {
            deleteIfOlder(file, before);
        }
    }

    /** Nobody keeps the same bytes again between the question and the deletion. */
    private synchronized void deleteIfOlder(Path file, FileTime before) throws IOException {
        if (Files.getLastModifiedTime(file).compareTo(before) < 0) {
            Files.deleteIfExists(file);
        }
    }
}
