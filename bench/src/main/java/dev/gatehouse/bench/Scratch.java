package dev.gatehouse.bench;

import dev.gatehouse.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** A directory with everything a server of the simulated arm needs; gone when it is closed. */
record Scratch(Path directory) implements AutoCloseable {
    /** The one caller; it may do everything. */
    static final String TOKEN = "measure-0123456789abcdef0123456789abcdef";

    static Scratch under(Path parent, Path example) throws IOException {
        Files.createDirectories(parent);
        var scratch = new Scratch(Files.createTempDirectory(parent, "scratch-"));
        Files.copy(example.resolve("ROBOT.md"), scratch.manifest());
        Files.copy(example.resolve("scene.yaml"), scratch.directory.resolve("scene.yaml"));
        var hash = CanonicalJson.sha256(TOKEN.getBytes(StandardCharsets.UTF_8));
        Files.writeString(scratch.bearers(), """
                bearers:
                  - caller: measure
                    token_sha256: %s
                    tier: actuate
                    roles: [stop, clear, approve, admin]
                """.formatted(hash));
        Files.setPosixFilePermissions(scratch.bearers(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(scratch.policy(), """
                version: 1
                limits: {max_tasks: 600, daily_usd: 1000000}
                """);
        return scratch;
    }

    Path manifest() {
        return directory.resolve("ROBOT.md");
    }

    Path bearers() {
        return directory.resolve("bearers.yaml");
    }

    Path policy() {
        return directory.resolve("policy.yaml");
    }

    Path state() {
        return directory.resolve("state");
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
