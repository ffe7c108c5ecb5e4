package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.client.FaultyLink;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse dispatch} and {@code gatehouse estop} in processes of their own, with real signals. */
class DispatchProcessTest {
    private static final String KEY = "sk-ant-test-0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(Scripts.CREEP, Scripts.PONDER).start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static CliProcess dispatch(String url, Who who, String goal) throws IOException {
        return CliProcess.start(
                Map.of("GATEHOUSE_TOKEN", who.token(), "ANTHROPIC_API_KEY", KEY, "GATEHOUSE_URL", url),
                List.of("dispatch", goal));
    }

    @Test
    @DisplayName("D18.3, T23.2: Ctrl-C cancels, the arm stops, the exit code is 9; no secret on any argument list")
    void interrupt() throws Exception {
        try (var process = dispatch(server.url(), Who.ACTUATOR, "creep")) {
            process.await(line -> line.contains("calls execute_capability"));
            await().until(() -> server.arm().moving());
            assertThat(argumentLists()).noneMatch(words -> words.contains(KEY) || words.contains(Who.ACTUATOR.token()));

            process.signal("INT");

            process.await(line -> line.contains("canceling"));
            assertThat(process.exit(30)).isEqualTo(9);
            assertThat(server.arm().moving()).isFalse();
        }
    }

    @Test
    @DisplayName("T16.2: kill -9 of the client during a motion stops the arm and ends the task stopped_disconnect")
    void killed() throws Exception {
        try (var process = dispatch(server.url(), Who.ACTUATOR, "creep")) {
            process.await(line -> line.contains("calls execute_capability"));
            await().until(() -> server.arm().moving());
            process.signal("KILL");

            await("the arm stands still").until(() -> !server.arm().moving());
        }
        var ended = new Bench(server, directory).run(Who.ACTUATOR, "tasks");
        assertThat(ended.out()).as(ended.err()).contains("stopped_disconnect");
    }

    @Test
    @DisplayName("D18.3: the second Ctrl-C leaves at once although nothing answers any more")
    void interruptTwice() throws Exception {
        try (var link = FaultyLink.to(server.url());
                var process = dispatch(link.url(), Who.READER, "ponder")) {
            process.await(line -> line.contains("a session begins"));
            link.hush();
            process.signal("INT");
            process.await(line -> line.contains("canceling"));
            process.signal("INT");

            process.await(line -> line.contains("left tsk-"));
            assertThat(process.exit(30)).isEqualTo(130);
        }
    }

    @Test
    @DisplayName("the goal comes from standard input, for words that somebody else wrote")
    void standardInput() throws Exception {
        var environment = Map.of(
                "PATH", System.getenv("PATH"), "GATEHOUSE_TOKEN", Who.READER.token(), "GATEHOUSE_URL", server.url());

        var run = CliProcess.run(
                directory,
                directory,
                environment,
                "describe --help $(reboot)\n",
                "dispatch",
                "--json",
                "--goal-file",
                "-");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"goal\":\"describe --help $(reboot)\"");
    }

    @Test
    @DisplayName("D18.5: estop finds every address in GATEHOUSE_URL and needs only one of them to answer")
    void estop() throws Exception {
        var environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "GATEHOUSE_TOKEN",
                Who.BUTTON.token(),
                "GATEHOUSE_URL",
                "http://127.0.0.1:9 " + server.url());
        try {
            var run = CliProcess.run(directory, directory, environment, "", "estop");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("stopped", "confirmed by the robot");
            assertThat(run.err()).contains("http://127.0.0.1:9 does not answer");
        } finally {
            server.clear();
        }
    }

    /** Of all processes there are. */
    private static List<String> argumentLists() throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .flatMap(DispatchProcessTest::text)
                    .toList();
        }
    }

    private static Stream<String> text(Path file) {
        try {
            return Stream.of(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // Not a process, or gone already.
            return Stream.empty();
        }
    }
}
