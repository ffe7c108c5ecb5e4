package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script and the directory it is installed in. */
class LauncherTest {
    private static final Path ROOT = BuiltCheckout.ROOT;
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Ran javaHome(Map<String, String> environment) throws Exception {
        return Ran.of(List.of(ROOT.resolve("gatehouse").toString(), "--java-home"), environment);
    }

    /** What looks like a JDK 17 from outside. */
    private Path oldJdk() throws IOException {
        var home = Files.createDirectories(directory.resolve("jdks/jdk-17"));
        Files.createDirectory(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        for (var name : List.of("java", "javac")) {
            var program = Files.writeString(home.resolve("bin").resolve(name), "#!/bin/sh\necho javac 17.0.9\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return home;
    }

    /** A directory of JDKs that holds the old one and the one that runs this test. */
    private String jdks() throws IOException {
        oldJdk();
        Files.createSymbolicLink(directory.resolve("jdks/jdk-of-this-test"), Path.of(JAVA_HOME));
        return directory.resolve("jdks").toString();
    }

    @Test
    void findsTheRightJdkWhenJavaHomeIsAnOldOneOrUnset() throws Exception {
        var holder = jdks();

        for (var environment : List.of(
                Map.of("GATEHOUSE_JDK_DIRS", holder),
                Map.of("GATEHOUSE_JDK_DIRS", holder, "JAVA_HOME", holder + "/jdk-17"),
                Map.of("GATEHOUSE_JDK_DIRS", holder, "JAVA_HOME", "/nowhere"))) {
            assertThat(javaHome(environment)).isEqualTo(new Ran(0, holder + "/jdk-of-this-test", ""));
        }
    }

    @Test
    void javaHomeComesFirstIfItIsRight() throws Exception {
        assertThat(javaHome(Map.of("GATEHOUSE_JDK_DIRS", jdks(), "JAVA_HOME", JAVA_HOME)))
                .isEqualTo(new Ran(0, JAVA_HOME, ""));
    }

    @Test
    void withoutAnyItSaysWhatToInstall() throws Exception {
        var old = oldJdk();

        var ran =
                javaHome(Map.of("GATEHOUSE_JDK_DIRS", old.resolveSibling("").toString(), "JAVA_HOME", old.toString()));

        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no Java 25 found", "apt install", "JAVA_HOME");
    }

    @Test
    @DisplayName("the assembled directory runs where it stands, through a link too")
    void assembled() throws Exception {
        var built = BuiltCheckout.in(directory);

        var assembled = Ran.of(
                List.of(built.resolve("packaging/assemble").toString(), directory + "/dist dir"),
                Map.of("JAVA_HOME", JAVA_HOME));
        assertThat(assembled).isEqualTo(new Ran(0, "", ""));
        var link =
                Files.createSymbolicLink(directory.resolve("gatehouse"), directory.resolve("dist dir/bin/gatehouse"));
        var ran = Ran.of(List.of(link.toString(), "--version"), Map.of("JAVA_HOME", JAVA_HOME));

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("gatehouse ").contains("Java 25");
        assertThat(directory.resolve("dist dir/examples/sim-arm/ROBOT.md")).exists();
    }

    @Test
    @DisplayName("D17.3: on a small host the server gets the serial collector, elsewhere G1, and always at most 256 MB")
    void smallHosts() throws Exception {
        var built = BuiltCheckout.in(directory);
        Ran.of(
                List.of(built.resolve("packaging/assemble").toString(), directory + "/dist"),
                Map.of("JAVA_HOME", JAVA_HOME));
        for (var small : List.of("yes", "no")) {
            var ran = Ran.of(
                    List.of(directory + "/dist/bin/gatehouse", "serve", "--no-such-flag"),
                    Map.of(
                            "JAVA_HOME", JAVA_HOME,
                            "GATEHOUSE_SMALL_HOST", small,
                            "GATEHOUSE_JAVA_OPTS", "-XX:+PrintFlagsFinal"));
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out())
                    .containsPattern("UseSerialGC +:?= " + small.equals("yes"))
                    .containsPattern("UseG1GC +:?= " + small.equals("no"))
                    .containsPattern("MaxHeapSize +:?= 268435456");
        }
    }

    @Test
    @DisplayName(
            "a class archive that fits, is stale or is broken: standard output carries the protocol and nothing else")
    void classArchive() throws Exception {
        var home = directory + "/dist dir";
        var built = BuiltCheckout.in(directory);
        var java = Map.of("JAVA_HOME", JAVA_HOME);
        Ran.of(List.of(built.resolve("packaging/assemble").toString(), home), java);
        var archived = Ran.of(List.of(built.resolve("packaging/archive-classes").toString(), home), java);
        var archive = Path.of(home, "lib", "gatehouse.aot");
        assertThat(archived).isEqualTo(new Ran(0, "", ""));
        assertThat(archive).exists();

        assertProtocolOnly(home);
        Files.setLastModifiedTime(Path.of(home, "lib", "gatehouse.jar"), FileTime.fromMillis(0));
        assertProtocolOnly(home);
        Files.write(archive, new byte[100]);
        assertProtocolOnly(home);
    }

    private void assertProtocolOnly(String home) throws Exception {
        var input = Files.writeString(
                directory.resolve("input"),
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\","
                        + "\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}}\n");
        var ran = Ran.of(
                List.of(home + "/bin/gatehouse", "mcp", home + "/examples/sim-arm"),
                Map.of("JAVA_HOME", JAVA_HOME),
                input);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).singleElement().asString().startsWith("{\"jsonrpc\":\"2.0\",\"id\":0,\"result\"");
    }
}
