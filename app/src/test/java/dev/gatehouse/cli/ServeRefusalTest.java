package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D16.3: a server that cannot start says why and how it ends")
class ServeRefusalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Arm arm;

    @BeforeEach
    void setUp() throws Exception {
        arm = Arm.setUp(directory);
    }

    private CliRun serve(String... more) {
        return CliRun.of(arm.serve(more).toArray(String[]::new));
    }

    private static void refused(CliRun run, int exit, String message) {
        assertThat(run.err()).startsWith("gatehouse serve: ").contains(message).doesNotContain("\tat ", "Exception");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(exit);
    }

    @Test
    void noBearersAtAll() {
        refused(CliRun.of("serve", "--port", "0"), 1, "--bearers or ROBOT_MD_BEARERS_FILE");
    }

    @Test
    void bearersFileMissing() {
        refused(serve("--bearers", "/nowhere/bearers.yaml"), 1, "/nowhere/bearers.yaml: cannot be read");
    }

    @Test
    @DisplayName("D2.5: a wrong entry is named by its index, its secret never")
    void wrongBearer() throws Exception {
        Files.writeString(arm.file("bearers.yaml"), "- {caller: a, tier: king, token: hunter2hunter2hunter2}");

        var run = serve();

        refused(run, 1, "[0].tier: has an unknown value");
        assertThat(run.err()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("T23.1: a bearers file that others can read")
    void readableByOthers() throws Exception {
        Files.setPosixFilePermissions(arm.file("bearers.yaml"), PosixFilePermissions.fromString("rw-r--r--"));

        refused(serve(), 1, "chmod 600");
    }

    @Test
    void policyWithARuleThatIsNotKept() throws Exception {
        Files.writeString(arm.file("policy.yaml"), "version: 1\nlimits: {hourly_usd: 5}\n");

        refused(serve(), 1, "unknown member 'hourly_usd'");
    }

    @Test
    void policyForAToolThatIsNot() throws Exception {
        Files.writeString(arm.file("policy.yaml"), "version: 1\ntools: {execute_capabilty: {approval: always}}\n");

        refused(serve(), 1, "the policy has a rule for the tool execute_capabilty");
    }

    @Test
    void prices() {
        refused(serve("--prices", "/nowhere/prices.yaml"), 1, "/nowhere/prices.yaml: cannot be read");
    }

    @Test
    @DisplayName("D6.7: tools that are not the pinned ones; the message is the line that accepts them")
    void drift() throws Exception {
        var pinned = Files.readString(arm.file("policy.yaml"));
        Files.writeString(arm.file("policy.yaml"), pinned.replaceAll("surface_sha256: .*", "surface_sha256: \"00\""));

        var run = serve();

        refused(run, 1, "the tools are not those the policy pins");
        var line =
                run.err().lines().filter(l -> l.startsWith("surface_sha256: ")).findFirst();
        assertThat(pinned.replace("\"", "")).contains(line.orElseThrow());
    }

    @Test
    @DisplayName("T3.2: another driver is another tool surface")
    void otherDriver() {
        refused(serve("--driver", "none", "--engine", "embedded"), 1, "the tools are not those the policy pins");
    }

    @Test
    void noScene() throws Exception {
        Files.delete(arm.file("scene.yaml"));

        refused(serve(), 1, "name another with --scene");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "127.evil.example"})
    @DisplayName("T25.1: listening beyond loopback without TLS")
    void publicBind(String host) {
        refused(serve("--host", host), 1, "--i-understand-public");
    }

    @Test
    void unknownEngine() {
        refused(serve("--engine", "oracle"), 1, "engine oracle is not offered here");
    }

    @Test
    void unknownDriver() {
        var run = serve("--driver", "oracle");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("unknown driver oracle; known: none, sim-arm");
    }

    @ParameterizedTest
    @CsvSource({"--port, x", "--port, 70000", "--port, -1", "--stop-port, 70000", "--log-level, LOUD", "--model-url, :"
    })
    void wrongValues(String flag, String value) {
        var run = serve(flag, value);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(flag).doesNotContain("\tat ");
    }

    @Test
    @DisplayName("D16.1: a tool server is a program that is there, and moves the robot instead of a driver")
    void toolServerOfOnesOwn() {
        refused(serve("--mcp-command", "/usr/bin/my-tools"), 1, "leave out --driver or --mcp-command");
        refused(serve("--driver", "none", "--mcp-command", "/usr/bin/my-tools"), 1, "is no program that can be run");
        refused(serve("--driver", "none", "--mcp-command", "./my-tools"), 1, "must be an absolute path");
    }

    @Test
    @DisplayName("D16.5: the tool server that 0.2.0 names means the built-in one, with a notice")
    void toolServerOfTheFirstVersion() {
        var run = serve("--mcp-command", "robot-md-mcp", "--engine", "oracle");

        assertThat(run.err()).contains("the built-in tools are served in place of robot-md-mcp", "engine oracle");
    }

    @Test
    void brokenEnvFile() throws Exception {
        Files.writeString(arm.file(".env"), "ROBOT_MD_HOST=127.0.0.1\nhunter2\n");

        refused(serve(), 1, "line 2: must be NAME=value");
    }

    @Test
    void misspeltVariable() throws Exception {
        Files.writeString(arm.file(".env"), "GATEHOUSE_POLCY=x\n", StandardOpenOption.APPEND);

        assertThat(serve("--engine", "oracle").err()).contains("GATEHOUSE_POLCY means nothing to this server");
    }

    @Test
    void portsInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());

            refused(serve("--port", port), 4, "choose another with --port");
            refused(serve("--stop-port", port), 4, "choose another with --stop-port");
        }
    }

    @Test
    @DisplayName("D14.1: a state directory has one owner")
    void stateInUse() throws Exception {
        Files.createDirectory(arm.state());
        try (var channel = FileChannel.open(
                        arm.state().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            refused(serve(), 5, "another server uses the state directory");
        }
    }
}
