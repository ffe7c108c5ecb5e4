package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D2.6, T23.1: a file with credentials that others can read or write is refused")
class PrivateFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void create() throws Exception {
        file = Files.createFile(directory.resolve("bearers.yaml"));
    }

    private void mode(String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------", "rw-r-----", "---------"})
    void accepted(String mode) throws Exception {
        mode(mode);

        assertThatCode(() -> PrivateFile.check(file)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rw-rw----", "rwxrwxrwx"})
    void refused(String mode) throws Exception {
        mode(mode);

        assertThatThrownBy(() -> PrivateFile.check(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void missing() {
        assertThatThrownBy(() -> PrivateFile.check(directory.resolve("none"))).hasMessageEndingWith("cannot be read");
    }

    @Test
    void aLinkCountsAsWhatItLeadsTo() throws Exception {
        mode("rw-r--r--");
        var link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertThatThrownBy(() -> PrivateFile.check(link)).isInstanceOf(ConfigException.class);
    }

    @Test
    void anotherGroupMayNotReadAndAnotherUserMayNotOwn() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give a file away");
        mode("rw-r-----");
        Files.setAttribute(file, "unix:gid", 12_345);
        assertThatThrownBy(() -> PrivateFile.check(file)).hasMessageContaining("others can read");

        mode("rw-------");
        assertThatCode(() -> PrivateFile.check(file)).doesNotThrowAnyException();
        Files.setAttribute(file, "unix:uid", 12_345);
        assertThatThrownBy(() -> PrivateFile.check(file)).hasMessageContaining("another user");
        assertThat(file).exists();
    }
}
