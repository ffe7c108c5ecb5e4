package dev.gatehouse.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.doctor.Finding.Level;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.manifest.ManifestPath;
import dev.gatehouse.robot.LatchState;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.StoredLatch;
import dev.gatehouse.server.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("17.2: gatehouse doctor, on real directories")
class DoctorTest {
    private static final Instant NOW = Instant.parse("2030-05-01T12:00:00Z");
    private static final Map<String, Set<String>> DRIVERS = Map.of("none", Set.of(), "sim-arm", Set.of("sim"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path robotMd;

    @SuppressWarnings("NullAway.Init")
    private Path state;

    private Optional<Path> bearers = Optional.empty();
    private Optional<Path> policy = Optional.empty();
    private Optional<Path> prices = Optional.empty();
    private Optional<Path> latch = Optional.empty();
    private Optional<Path> envFile = Optional.empty();
    private Optional<ServerConfig> start = Optional.empty();
    private String driver = "sim-arm";
    private int port;

    @BeforeEach
    void simulatedArm() throws IOException {
        var example = Path.of("..", "examples", "sim-arm");
        robotMd = Files.copy(example.resolve("ROBOT.md"), directory.resolve("ROBOT.md"));
        Files.copy(example.resolve("scene.yaml"), directory.resolve("scene.yaml"));
        state = Files.createDirectory(
                directory.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private Report examine(String argument) {
        var subject = new Subject(
                Optional.of(Path.of("/opt/gatehouse/bin/gatehouse")),
                directory,
                ManifestPath.find(argument, Map.of()),
                state,
                latch,
                envFile,
                bearers,
                policy,
                prices,
                driver,
                Optional.empty(),
                DRIVERS,
                "127.0.0.1",
                port,
                0,
                List.of(directory.resolve("units"), directory.resolve("more-units")),
                start);
        return new Doctor(Clock.fixed(NOW, ZoneOffset.UTC)).examine(subject);
    }

    private Report examine() {
        return examine(robotMd.toString());
    }

    /** The one finding of a check. */
    private static Finding of(Report report, String check) {
        var all = report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private void expect(String check, Level level, String what) {
        var report = examine();
        assertThat(of(report, check).level()).as(of(report, check).what()).isEqualTo(level);
        assertThat(of(report, check).what()).contains(what);
        assertThat(of(report, check).next().isEmpty()).isEqualTo(level == Level.OK);
        if (level == Level.PROBLEM) {
            assertThat(report.exitCode()).isEqualTo(1);
        }
    }

    private void change(String from, String to) throws IOException {
        Files.writeString(robotMd, Files.readString(robotMd).replaceFirst(from, to));
    }

    private Path file(String name, String content) throws IOException {
        var file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Map<String, String> snapshot() throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(directory)) {
            for (var file : files.toList()) {
                all.put(
                        file.toString(),
                        Files.isRegularFile(file) ? CanonicalJson.sha256(Files.readAllBytes(file)) : "");
            }
        }
        return all;
    }

    @Test
    @DisplayName("the example is well, and nothing is written while that is found out")
    void well() throws IOException {
        var before = snapshot();

        var report = examine();

        assertThat(report.findings())
                .filteredOn(finding -> finding.level() != Level.OK)
                .extracting(Finding::check)
                .isSubsetOf("disk", "content");
        assertThat(report.findings())
                .extracting(Finding::check)
                .containsExactly(
                        "java",
                        "launcher",
                        "unit",
                        "manifest",
                        "content",
                        "gates",
                        "provenance",
                        "driver",
                        "modes",
                        "state",
                        "latch",
                        "server",
                        "port",
                        "stop-port",
                        "clock",
                        "disk",
                        "home",
                        "self-test");
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    @DisplayName("exit 0, 1 with problems, 3 with warnings only")
    void exitCodes() {
        var ok = Finding.ok("a", "b");
        var warning = Finding.warning("a", "b", "c");
        var problem = Finding.problem("a", "b", "c");

        assertThat(new Report(List.of(ok)).exitCode()).isZero();
        assertThat(new Report(List.of(ok, warning)).exitCode()).isEqualTo(3);
        assertThat(new Report(List.of(warning, problem)).exitCode()).isEqualTo(1);
        assertThat(new Report(List.of(warning)).json().toString())
                .isEqualTo("{\"ok\":true,\"problems\":0,\"warnings\":1,\"checks\":"
                        + "[{\"check\":\"a\",\"level\":\"warning\",\"what\":\"b\",\"next\":\"c\"}]}");
    }

    @Test
    void manifestThatIsNotThere() {
        var report = examine(directory.resolve("gone").toString());

        assertThat(of(report, "manifest").what()).startsWith("there is no file ");
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.findings())
                .extracting(Finding::check)
                .contains("state", "disk")
                .doesNotContain("gates");
    }

    @Test
    void manifestWithErrors() throws IOException {
        change("dof: 6", "dof: six");
        expect("content", Level.PROBLEM, "1 error: /physics/dof");
        change("metadata:", "metadata: [");
        expect("content", Level.PROBLEM, "invalid YAML frontmatter");
    }

    @Test
    void manifestThatOthersMayWrite() throws IOException {
        Files.setPosixFilePermissions(robotMd, PosixFilePermissions.fromString("rw-r--rw-"));
        expect("manifest", Level.WARNING, "everybody on this machine can change");
    }

    @Test
    void gatesWithAGap() throws IOException {
        change("scope: gripper", "scope: arm.pick");
        expect("gates", Level.WARNING, "[gate-gap]");
    }

    @Test
    void provenance() throws IOException {
        Files.writeString(
                robotMd, Files.readString(robotMd).stripTrailing() + "\n\n<!-- ROBOT-MD-SIG kid=k sig=AAAA -->\n");
        expect("provenance", Level.WARNING, "has not been verified");
    }

    @Test
    void drivers() throws IOException {
        driver = "none";
        expect("driver", Level.OK, "nothing can move");
        driver = "castor";
        expect("driver", Level.PROBLEM, "there is no driver castor");
        driver = "sim-arm";
        Files.delete(directory.resolve("scene.yaml"));
        expect("driver", Level.WARNING, "no scene.yaml");
        Files.writeString(robotMd, Files.readString(robotMd).replace("protocol: sim", "protocol: feetech"));
        expect("driver", Level.WARNING, "serves none of the protocols");
        expect("hardware", Level.WARNING, "(feetech)");
    }

    @Test
    void stateDirectory() throws IOException {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));
        expect("state", Level.WARNING, "open to others (rwxr-x---)");
        state = directory.resolve("a/b");
        expect("state", Level.OK, "serve makes it");
        state = robotMd;
        expect("state", Level.PROBLEM, "is no directory");
        state = robotMd.resolve("state");
        expect("state", Level.PROBLEM, "cannot");
    }

    @Test
    @DisplayName("D8.6: a latch is told, and what cannot be read counts as one")
    void latch() throws IOException {
        var store = LatchStore.file(state.resolve("estop.json"));
        store.write(new StoredLatch.Latched(new LatchState("est-1", NOW, "alice", "it squeaked")));
        expect("latch", Level.WARNING, "by alice: it squeaked");
        store.write(new StoredLatch.Open(Optional.of("est-1")));
        expect("latch", Level.OK, "open");
        Files.writeString(state.resolve("estop.json"), "{}");
        expect("latch", Level.PROBLEM, "counts as stopped");
    }

    @Test
    @DisplayName("the files serve reads, with its readers")
    void operatorFiles() throws IOException {
        var hash = CanonicalJson.sha256("token".getBytes(UTF_8));
        bearers = Optional.of(
                file("b.yaml", "- {caller: a, tier: read, roles: [approve, clear], token_sha256: " + hash + "}"));
        policy = Optional.of(file("p.yaml", "version: 1"));
        expect("bearers", Level.OK, "b.yaml");
        expect("policy", Level.OK, "p.yaml");

        file("b.yaml", "- {caller: a, tier: actuate, token_sha256: " + hash + "}");
        assertThat(examine().findings())
                .filteredOn(finding -> finding.check().equals("bearers"))
                .extracting(Finding::level, finding -> finding.what().substring(0, 17))
                .containsExactly(tuple(Level.WARNING, "nobody may approv"), tuple(Level.WARNING, "nobody may clear "));
        file("b.yaml", "- {caller: a, tier: read, expires: 2029-01-01T00:00:00Z, token_sha256: " + hash + "}");
        expect("bearers", Level.PROBLEM, "expired");
        Files.setPosixFilePermissions(directory.resolve("b.yaml"), PosixFilePermissions.fromString("rw-r--r--"));
        expect("bearers", Level.PROBLEM, "others can read");

        file("p.yaml", "version: 1\napprovals: {self_approve: true}");
        expect("policy", Level.WARNING, "who asks may also approve");
        file("p.yaml", "version: 2");
        expect("policy", Level.PROBLEM, "version");
        prices = Optional.of(directory.resolve("gone.yaml"));
        expect("prices", Level.PROBLEM, "cannot be read");
    }

    @Test
    @DisplayName("D17.1: a unit that denies memory to be executed is a problem, wherever the line stands")
    void unit() throws IOException {
        expect("unit", Level.OK, "not installed as a service");
        var units = Files.createDirectories(directory.resolve("more-units/gatehouse.service.d"));
        Files.writeString(units.resolveSibling("gatehouse.service"), "[Service]\nNoNewPrivileges=yes\n");
        expect("unit", Level.OK, "gatehouse.service");
        Files.writeString(units.resolve("hard.conf"), "[Service]\nMemoryDenyWriteExecute = true\n");
        expect("unit", Level.PROBLEM, "hard.conf sets MemoryDenyWriteExecute");
        Files.createDirectories(directory.resolve("units/gatehouse.service.d"));
        Files.writeString(directory.resolve("units/gatehouse.service.d/later.conf"), "MemoryDenyWriteExecute=no\n");
        expect("unit", Level.OK, "gatehouse.service");
    }

    @Test
    @DisplayName("T23.1: what others can change is no setting")
    void modes() throws IOException {
        envFile = Optional.of(file("gatehouse.env", ""));
        policy = Optional.of(file("p.yaml", "version: 1"));
        expect("modes", Level.OK, "nobody else");
        Files.setPosixFilePermissions(directory.resolve("gatehouse.env"), PosixFilePermissions.fromString("rw-r--rw-"));
        expect("modes", Level.PROBLEM, "gatehouse.env: others can change it");
        Files.setPosixFilePermissions(directory.resolve("gatehouse.env"), PosixFilePermissions.fromString("rw-r-----"));
        expect("modes", Level.OK, "nobody else");
        Files.setPosixFilePermissions(directory.resolve("p.yaml"), PosixFilePermissions.fromString("rw-rw----"));
        expect("modes", Level.PROBLEM, "p.yaml: others can change it");
    }

    @Test
    @DisplayName("D17.2: devices of ROBOT.md, and the group they need")
    void devices() throws IOException {
        change("protocol: sim", "port: /dev/no-such-device\n    protocol: sim");
        expect("device", Level.WARNING, "/dev/no-such-device of ");
        change("/dev/no-such-device", "/dev/null");
        expect("device", Level.OK, "/dev/null of ");
        var closed = DeviceChecks.closed("arm", Path.of("/dev/ttyACM0"), "dialout");
        assertThat(closed.level()).isEqualTo(Level.PROBLEM);
        assertThat(closed.next()).contains("SupplementaryGroups=", "usermod -aG dialout");
    }

    @Test
    @DisplayName("D8.6: the latch is looked for where it is kept")
    void latchElsewhere() throws IOException {
        latch = Optional.of(directory.resolve("shared.json"));
        LatchStore.file(directory.resolve("shared.json"))
                .write(new StoredLatch.Latched(new LatchState("est-1", NOW, "alice", "it squeaked")));
        expect("latch", Level.WARNING, "by alice");
        state = directory.resolve("not-yet");
        expect("latch", Level.WARNING, "by alice");
    }

    @Test
    void portThatIsTaken() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            expect("port", Level.PROBLEM, "cannot be had");
        }
        expect("port", Level.OK, "is free");
    }

    @Test
    void clockAndDisk() throws IOException {
        assertThat(HostChecks.clock(Instant.EPOCH, Optional.empty()).level()).isEqualTo(Level.PROBLEM);
        Files.setLastModifiedTime(robotMd, FileTime.from(NOW.plusSeconds(3600)));
        expect("clock", Level.WARNING, "in the future");

        assertThat(HostChecks.disk(state, 1 << 20).level()).isEqualTo(Level.PROBLEM);
        assertThat(HostChecks.disk(state, 500L << 20).level()).isEqualTo(Level.WARNING);
        assertThat(HostChecks.disk(state, 5000L << 20).level()).isEqualTo(Level.OK);
    }
}
