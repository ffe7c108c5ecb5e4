package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.server.TestCertificate;
import dev.gatehouse.web.Listen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may reach a server, and on which terms (dispatcher.md section 16, threats.md T25.1). */
class ExposureTest {
    private static final List<String> PROXY = List.of("192.0.2.7");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Listen listen(
            String host, List<String> proxies, @Nullable Path certificate, @Nullable Path key, boolean understood)
            throws ConfigException {
        return new Exposure(host, proxies, certificate, key, understood).listen(8080, Set.of(), Set.of());
    }

    private static void refused(String host, List<String> proxies, boolean understood) {
        assertThatThrownBy(() -> listen(host, proxies, null, null, understood))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no TLS here")
                .hasMessageContaining("--tls-cert")
                .hasMessageContaining("--i-understand-public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    @DisplayName("T25.1: on loopback nothing is asked for")
    void loopback(String host) throws Exception {
        assertThat(listen(host, List.of(), null, null, false).tls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "robot.example", "127.evil.example"})
    @DisplayName("T25.1: beyond it, TLS or a proxy and the explicit flag; half of that is not enough")
    void beyond(String host) throws Exception {
        refused(host, List.of(), false);
        refused(host, List.of(), true);
        refused(host, PROXY, false);
        assertThat(listen(host, PROXY, null, null, true).trustedProxies()).containsExactly("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    @DisplayName("T25.1: with a certificate no flag is needed, whatever its key is made of")
    void certificate(String algorithm) throws Exception {
        var files = TestCertificate.in(directory, algorithm);

        assertThat(listen("0.0.0.0", List.of(), files.certificate(), files.key(), false)
                        .tls())
                .isPresent();
    }

    @Test
    @DisplayName("T23.1: a key that others can read is refused")
    void keyForAll() throws Exception {
        var files = TestCertificate.in(directory, "EC");
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> listen("0.0.0.0", List.of(), files.certificate(), files.key(), false))
                .hasMessageContaining("chmod 600");
    }

    @Test
    @DisplayName("files that do not fit are named, and no key is quoted")
    void wrongFiles() throws Exception {
        var files = TestCertificate.in(directory, "EC");
        var other = TestCertificate.in(directory, "RSA");
        var old = Files.writeString(
                directory.resolve("old.key"), Files.readString(files.key()).replace("BEGIN", "BEGIN EC"));
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> listen("::", List.of(), files.certificate(), null, false))
                .hasMessageContaining("belong together");
        assertThatThrownBy(() -> listen("::", List.of(), files.key(), files.key(), false))
                .hasMessageContaining("something else than certificates");
        assertThatThrownBy(() -> listen("::", List.of(), files.certificate(), old, false))
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> listen("::", List.of(), files.certificate(), other.key(), false))
                .hasMessageContaining("not that of the first certificate");
        assertThatThrownBy(() -> listen("::", List.of(), directory.resolve("none"), files.key(), false))
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "", "10.0.0.0/8", "127.0.0.1:80"})
    @DisplayName("T25.2: a proxy is named by its address")
    void proxyNames(String proxy) {
        assertThatThrownBy(() -> listen("127.0.0.1", List.of(proxy), null, null, false))
                .hasMessageContaining("--trusted-proxy");
    }
}
