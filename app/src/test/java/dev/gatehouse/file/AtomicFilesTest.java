package dev.gatehouse.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D15.4: several files are replaced together or not at all")
class AtomicFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private AtomicFiles plan(AtomicFiles files) throws IOException {
        Files.writeString(directory.resolve("a"), "old a");
        Files.setPosixFilePermissions(directory.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
        Files.writeString(directory.resolve("d"), "old d");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
        return files.write(directory.resolve("a"), "new a".getBytes(UTF_8), AtomicFile.OWNER_ONLY)
                .write(directory.resolve("b"), "new b".getBytes(UTF_8), PosixFilePermissions.fromString("rwx------"))
                .remove(directory.resolve("d"))
                .remove(directory.resolve("none"))
                .write(directory.resolve("link"), "no link".getBytes(UTF_8), AtomicFile.OWNER_ONLY)
                .write(directory.resolve("c"), "new c".getBytes(UTF_8), AtomicFile.OWNER_ONLY);
    }

    private Map<String, String> state() throws IOException {
        var state = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                var mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                state.put(
                        String.valueOf(file.getFileName()),
                        Files.isSymbolicLink(file)
                                ? "link to " + Files.readSymbolicLink(file)
                                : mode + " " + Files.readString(file));
            }
        }
        return state;
    }

    @Test
    void allOfThem() throws Exception {
        plan(new AtomicFiles()).commit();

        assertThat(state())
                .isEqualTo(Map.of(
                        "a", "rw------- new a",
                        "b", "rwx------ new b",
                        "c", "rw------- new c",
                        "link", "rw------- no link"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    @DisplayName("whichever rename fails, every file is as it was, with its mode, and no temporary file is left")
    void noneOfThem(int failing) throws Exception {
        var count = new AtomicInteger();
        var files = plan(new AtomicFiles((from, to) -> {
            if (count.getAndIncrement() == failing) {
                throw new IOException("disk on fire");
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }));
        var before = state();

        assertThatThrownBy(files::commit).isInstanceOf(IOException.class).hasMessage("disk on fire");

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void nothingIsTouchedIfAContentCannotBeStaged() throws Exception {
        var files = plan(new AtomicFiles()).write(directory.resolve("missing/e"), new byte[0], AtomicFile.OWNER_ONLY);
        var before = state();

        assertThatThrownBy(files::commit).isInstanceOf(IOException.class);

        assertThat(state()).isEqualTo(before);
    }
}
