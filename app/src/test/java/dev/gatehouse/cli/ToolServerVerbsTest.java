package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.toolserver.StandInHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's verbs with a tool server in place of a driver (dispatcher.md D6.7, D16.1, D16.6). */
@Timeout(180)
class ToolServerVerbsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Arm arm;

    @SuppressWarnings("NullAway.Init")
    private StandInHome program;

    @BeforeEach
    void setUp() throws IOException {
        arm = Arm.setUp(directory);
        program = new StandInHome(directory);
    }

    private CliRun verb(String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of(words));
        all.addAll(java.util.List.of(
                "--env-file",
                arm.file(".env").toString(),
                "--mcp-command",
                program.command().toString()));
        return CliRun.of(all.toArray(String[]::new));
    }

    private CliProcess serving() throws Exception {
        var words =
                arm.serve("--driver", "none", "--mcp-command", program.command().toString());
        words.add("--allow-rehearsal");
        return CliProcess.start(words);
    }

    @Test
    @DisplayName(
            "D6.7, T3.2, T22.3: other tools than the pinned ones are refused, pinned by a verb, served, and told when they change")
    void pin() throws Exception {
        try (var refused = serving()) {
            assertThat(refused.exit(60)).isEqualTo(1);
        }
        assertThat(verb("policy", "pin").exit()).isZero();
        try (var server = serving()) {
            server.await(line -> line.startsWith("gatehouse: ready on "));
        }
        // However the server ends, its tool server reads the end of its input.
        await().until(() -> program.starts().stream()
                .allMatch(start -> ProcessHandle.of(start.path("pid").asLong()).isEmpty()));

        var more = StandInHome.tools();
        more.addObject().put("name", "get_more").putObject("inputSchema").put("type", "object");
        program.tools(more);
        var drift = verb("drift", "--baseline", arm.file("drift.json").toString());
        assertThat(drift.out()).contains("not those of the policy");
    }

    @Test
    @DisplayName("E6.2: beside a tool server that is no simulation nothing is rehearsed, unless the operator allows it")
    void noRehearsal() {
        assertThat(verb("policy", "pin").exit()).isZero();
        var words =
                arm.serve("--driver", "none", "--mcp-command", program.command().toString());

        var run = CliRun.of(words.toArray(String[]::new));

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("--allow-rehearsal");
    }

    @Test
    @DisplayName("D16.6: doctor says how late a stop may be")
    void delay() throws Exception {
        assertThat(verb("policy", "pin").exit()).isZero();
        var arguments = new String[] {
            "doctor", "--state-dir", directory.resolve("not-yet").toString(), "--port", "0", "--stop-port", "0"
        };
        assertThat(verb(arguments).out()).contains("stop delay", "nothing stops it");
        var policy = arm.file("policy.yaml");
        Files.writeString(
                policy,
                Files.readString(policy)
                        .replace(
                                "stop: {ack_ms: 500}",
                                "stop: {channels: [driver, commands_jsonl], ack_ms: 300, escalate: [kill_motion]}"));
        assertThat(verb(arguments).out())
                .contains("up to 200 ms later", "its processes are ended if it did not answer in 300 ms");
    }
}
