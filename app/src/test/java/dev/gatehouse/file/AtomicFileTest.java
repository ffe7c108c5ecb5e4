package dev.gatehouse.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void writesAndReplaces() throws Exception {
        var file = directory.resolve("latch.json");

        AtomicFile.write(file, "one".getBytes(UTF_8), AtomicFile.OWNER_ONLY);
        AtomicFile.write(file, "two".getBytes(UTF_8), AtomicFile.OWNER_ONLY);

        assertThat(file).hasContent("two");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theModeIsTheOneAskedFor() throws Exception {
        for (var mode : new String[] {"rw-------", "rw-r--r--", "rwx------", "rw-rw-rw-"}) {
            var file = directory.resolve(mode);

            AtomicFile.write(file, new byte[] {1}, PosixFilePermissions.fromString(mode));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode);
        }
    }

    @Test
    void aFailureLeavesNothingBehind() throws Exception {
        var taken = Files.createDirectory(directory.resolve("taken"));
        Files.createFile(taken.resolve("inside"));

        assertThatThrownBy(() -> AtomicFile.write(taken, new byte[] {1}, AtomicFile.OWNER_ONLY))
                .isInstanceOf(IOException.class);

        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
        assertThat(taken.resolve("inside")).exists();
    }

    @Test
    void readersSeeTheOldFileUntilTheNewOneIsWhole() throws Exception {
        var file = directory.resolve("state");
        AtomicFile.write(file, "old".getBytes(UTF_8), AtomicFile.OWNER_ONLY);

        try (var reader = Files.newBufferedReader(file)) {
            AtomicFile.write(file, "new".getBytes(UTF_8), AtomicFile.OWNER_ONLY);
            assertThat(reader.readLine()).isEqualTo("old");
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void aConditionThatFailsLeavesTheOldFileAlone() throws Exception {
        var file = directory.resolve("state");
        AtomicFile.write(file, "old".getBytes(UTF_8), AtomicFile.OWNER_ONLY);

        assertThat(AtomicFile.writeIf(() -> false, file, "new".getBytes(UTF_8), AtomicFile.OWNER_ONLY))
                .isFalse();
        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");

        assertThat(AtomicFile.writeIf(
                        () -> Objects.requireNonNull(directory.toFile().list()).length == 2,
                        file,
                        "new".getBytes(UTF_8),
                        AtomicFile.OWNER_ONLY))
                .as("asked when the new content lies beside the old")
                .isTrue();
        assertThat(file).hasContent("new");
    }
}
