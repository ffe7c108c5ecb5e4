package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code make test-install}: the same script, laying the files out below a directory. */
@DisplayName("17.2: install.sh --root")
class InstallScriptTest {
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path built;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeAll
    static void assemble() throws Exception {
        var checkout = BuiltCheckout.in(built);
        var ran = Ran.of(List.of(checkout.resolve("packaging/assemble").toString(), built + "/dist"), JAVA);
        assertThat(ran).isEqualTo(new Ran(0, "", ""));
    }

    private Ran install(String... flags) throws Exception {
        // The outer shell sets the umask an installation must not depend on.
        var words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "umask 000; exec \"$@\"",
                "-",
                built + "/dist/packaging/install.sh",
                "--root",
                "" + root));
        words.addAll(List.of(flags));
        return Ran.of(words, JAVA);
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }

    /** Every file with its mode and content, and where links lead; the archive of prepared classes is made anew each time. */
    private Map<String, String> picture() throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(f -> !f.toString().endsWith(".aot")).toList()) {
                all.put(file.toString(), look(file));
            }
        }
        return all;
    }

    private String look(Path file) throws IOException {
        // Links name places of the machine that the image is for.
        if (Files.isSymbolicLink(file)) {
            return Files.readSymbolicLink(file).toString();
        }
        var content = Files.isRegularFile(file) ? CanonicalJson.sha256(Files.readAllBytes(file)) : "";
        return content + mode(root.relativize(file).toString());
    }

    @Test
    @DisplayName("T23.1: settings for the service's group, records for the service, the program for everybody to read")
    void modes() throws Exception {
        assertThat(install().exit()).isZero();

        assertThat(mode("opt/gatehouse")).isEqualTo("rwxr-xr-x");
        assertThat(mode("etc/gatehouse")).isEqualTo("rwxr-x---");
        for (var name : List.of("gatehouse.env", "bearers.yaml", "policy.yaml", "ROBOT.md")) {
            assertThat(mode("etc/gatehouse/" + name)).as(name).isEqualTo("rw-r-----");
        }
        assertThat(mode("var/lib/gatehouse")).isEqualTo("rwx------");
        assertThat(mode("var/lib/gatehouse/home")).isEqualTo("rwx------");
        assertThat(mode("etc/systemd/system/gatehouse.service")).isEqualTo("rw-r--r--");
        assertThat(root.resolve("opt/gatehouse/docs/install.md")).exists();
    }

    @Test
    @DisplayName("a second run changes nothing and keeps what was edited")
    void twice() throws Exception {
        install();
        Files.writeString(root.resolve("etc/gatehouse/policy.yaml"), "version: 1\n");
        var before = picture();

        var again = install();

        assertThat(again.exit()).isZero();
        assertThat(again.out()).doesNotContain("wrote");
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    @DisplayName("--uninstall takes the program and the unit, keeps settings and records, and can be repeated")
    void uninstall() throws Exception {
        install("--user", "robot");
        assertThat(root.resolve("etc/systemd/system/gatehouse.service.d/user.conf"))
                .content()
                .contains("User=robot\nGroup=robot\n");

        assertThat(install("--uninstall").exit()).isZero();
        assertThat(install("--uninstall").out()).contains("rm -r ");

        assertThat(root.resolve("opt/gatehouse")).doesNotExist();
        assertThat(root.resolve("etc/systemd/system")).isEmptyDirectory();
        assertThat(root.resolve("usr/local/bin")).isEmptyDirectory();
        assertThat(root.resolve("etc/gatehouse/bearers.yaml")).exists();
        assertThat(root.resolve("var/lib/gatehouse/home")).exists();
    }

    @Test
    @DisplayName("--from-dispatcher takes manifest, credentials and address, and never a key")
    void fromDispatcher() throws Exception {
        var old = Files.createDirectories(root.resolve("etc/robot-md-dispatcher"));
        Files.writeString(old.resolve("ROBOT.md"), "---\nmetadata: {robot_name: old}\n---\n");
        Files.writeString(old.resolve("bearers.yaml"), "bearers: []\n");
        Files.writeString(
                old.resolve(".env"), "ROBOT_MD_PORT=9090\nROBOT_MD_HOST=$(id)\nANTHROPIC_API_KEY=sk-ant-no\n");

        assertThat(install("--from-dispatcher").exit()).isZero();

        assertThat(root.resolve("etc/gatehouse/ROBOT.md")).hasSameTextualContentAs(old.resolve("ROBOT.md"));
        assertThat(mode("etc/gatehouse/bearers.yaml")).isEqualTo("rw-r-----");
        assertThat(root.resolve("etc/gatehouse/gatehouse.env"))
                .content()
                .contains("ROBOT_MD_PORT=9090\n", "ROBOT_MD_HOST=127.0.0.1\n")
                .doesNotContain("sk-ant", "$(id)");

        Files.writeString(root.resolve("etc/gatehouse/ROBOT.md"), "mine");
        var before = picture();
        var refused = install("--from-dispatcher");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("has been changed; move it away");
        assertThat(picture()).isEqualTo(before);
    }

    @Test
    void wrongUsage() throws Exception {
        for (var flags : List.of(
                new String[] {"--frobnicate"}, new String[] {"--user"}, new String[] {"--user", "root"}, new String[] {
                    "--user", "a b"
                })) {
            var ran = install(flags);
            assertThat(ran.exit()).isBetween(1, 2);
            assertThat(ran.err()).containsAnyOf("Usage: ", "--user ");
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    @DisplayName(
            "D17.3: SQLite is loaded from where it was installed; there is nothing in a jar that could be unpacked")
    void nativeLibrary() throws Exception {
        install();
        try (var jars = Files.newDirectoryStream(root.resolve("opt/gatehouse/lib"), "sqlite-jdbc-*.jar")) {
            for (var jar : jars) {
                try (var file = new JarFile(jar.toFile())) {
                    assertThat(file.stream())
                            .isNotEmpty()
                            .noneMatch(entry -> entry.getName().matches(".*\\.(so|dylib|dll)"));
                }
            }
        }
        var token = CanonicalJson.sha256(new byte[] {1});
        var bearers = Files.writeString(
                root.resolve("b.yaml"),
                "- {caller: a, tier: read, roles: [approve, clear], token_sha256: " + token + "}");
        Files.setPosixFilePermissions(bearers, PosixFilePermissions.fromString("rw-------"));
        var ran = Ran.of(
                List.of(
                        root + "/opt/gatehouse/bin/gatehouse",
                        "doctor",
                        root + "/etc/gatehouse/ROBOT.md",
                        "--bearers",
                        bearers.toString(),
                        "--port",
                        "0",
                        "--stop-port",
                        "0"),
                Map.of("JAVA_HOME", System.getProperty("java.home"), "HOME", root.toString(), "LC_ALL", "C"));
        assertThat(ran.out()).contains("gate       turned away a reader");
    }
}
