package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D15.7: gatehouse policy")
class PolicyCommandTest {
    private static final String HOME = "{\"capability\": \"arm.home\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Arm arm;

    @BeforeEach
    void setUp() throws Exception {
        arm = Arm.setUp(directory);
    }

    private CliRun policy(String verb, String... more) {
        var words = new String[more.length + 8];
        var fixed = new String[] {
            "policy",
            verb,
            "--policy",
            arm.file("policy.yaml").toString(),
            "--robot-md",
            arm.file("ROBOT.md").toString(),
            "--driver",
            "sim-arm"
        };
        System.arraycopy(fixed, 0, words, 0, fixed.length);
        System.arraycopy(more, 0, words, fixed.length, more.length);
        return CliRun.of(words);
    }

    private Policy read() throws Exception {
        return StrictYaml.read(arm.file("policy.yaml"), Policy::read);
    }

    private void edit(String from, String to) throws Exception {
        var text = Files.readString(arm.file("policy.yaml"));
        var edited = text.replaceAll(from, to);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(arm.file("policy.yaml"), edited);
    }

    @Test
    @DisplayName("show prints a policy file: read again, it is the same policy")
    void show() throws Exception {
        Files.writeString(arm.file("policy.yaml"), """
                version: 1
                tools: {render: {approval: always}}
                read_only_capabilities: [status.report]
                gaps: allow
                approvals: {self_approve: true, needed: 2, ttl_s: 31}
                disconnect: {allow: [stop], grace_s: 1.5}
                limits: {max_tasks: 2, max_queue: 3, deadline_s: 60, probe_steps: 7}
                stop: {ack_ms: 300}
                mcp_estop_clear: true
                surface_sha256: "%s"
                """.formatted("ab".repeat(32)));
        var before = read();

        var run = policy("show");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("# policy_sha256 " + before.sha256() + "\n");
        assertThat(Policy.read(StrictYaml.read(run.out())))
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .isEqualTo(before);
    }

    @Test
    void showTheBuiltInOne() throws Exception {
        assertThat(Policy.read(StrictYaml.read(CliRun.of("policy", "show").out())))
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .isEqualTo(Policy.builtIn());
    }

    @Test
    void showAWrongOne() throws Exception {
        Files.writeString(arm.file("policy.yaml"), "version: 1\nlimit: {}\n");

        var run = policy("show");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("unknown member 'limit'");
    }

    @Test
    @DisplayName("D6.7: after a changed surface, pin is what makes the server start again; it touches one line")
    void pin() throws Exception {
        var before = Files.readString(arm.file("policy.yaml"));
        Files.setPosixFilePermissions(arm.file("policy.yaml"), PosixFilePermissions.fromString("rw-r-----"));
        edit("surface_sha256: .*", "surface_sha256: \"00\" # once");

        var run = policy("pin");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("surface_sha256 was 00, is ");
        assertThat(arm.file("policy.yaml")).hasContent(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(arm.file("policy.yaml"))))
                .isEqualTo("rw-r-----");
        assertThat(policy("pin").out()).contains("pins these tools already");
    }

    @Test
    @DisplayName("a policy that pinned nothing gets the line")
    void firstPin() throws Exception {
        Files.writeString(arm.file("policy.yaml"), "version: 1 # mine");

        assertThat(policy("pin").exit()).isZero();
        assertThat(arm.file("policy.yaml")).content().startsWith("version: 1 # mine\nsurface_sha256: \"");
        assertThat(read().surfacePin()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{version: 1, surface_sha256: \"00\"}", "version: 1\nnonsense: 1\n"})
    @DisplayName("what cannot be edited safely is left alone")
    void notPinned(String text) throws Exception {
        Files.writeString(arm.file("policy.yaml"), text);

        assertThat(policy("pin").exit()).isEqualTo(1);
        assertThat(arm.file("policy.yaml")).hasContent(text);
    }

    @ParameterizedTest
    @CsvSource({
        "none, render, deny, tier, tier_required, 4",
        "read, render, allow, , ok, 0",
        "read, execute_capability, deny, tier, tier_required, 4",
        "actuate, frobnicate, deny, tool, tool_unknown, 4",
        "none, estop, allow, , ok, 0",
        "actuate, execute_capability, deny, tool, arguments_invalid, 4"
    })
    @DisplayName("test names the decision, the step and the code")
    void decisions(String tier, String tool, String behavior, String step, String code, int exit) throws Exception {
        var run = policy("test", "--json", "--tier", tier, tool);

        assertThat(run.err()).isEmpty();
        var line = Json.read(run.out());
        assertThat(line.path("behavior").asString()).isEqualTo(behavior);
        assertThat(line.path("step").isNull() ? null : line.path("step").asString())
                .isEqualTo(step);
        assertThat(line.path("code").asString()).isEqualTo(code);
        assertThat(run.exit()).isEqualTo(exit);
    }

    @Test
    @DisplayName("test shows what a rule of the policy changes, and what needs a person")
    void rules() throws Exception {
        assertThat(policy("test", "--tier", "actuate", "execute_capability", HOME)
                        .exit())
                .isZero();
        edit("tools: \\{}", "tools: {execute_capability: {approval: always}}");

        var run = policy("test", "--tier", "actuate", "execute_capability", HOME);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).matches("(?s)actuate +ask +approval +hitl_required +\\S.*");
    }

    @Test
    @DisplayName("without a tier, each of them; nothing moves and nothing is written")
    void everyTier() throws Exception {
        var run = policy("test", "execute_capability", HOME);

        assertThat(run.out().lines())
                .satisfiesExactly(
                        none -> assertThat(none).matches("none +deny +tier +tier_required .*"),
                        read -> assertThat(read).matches("read +deny +tier +tier_required .*"),
                        actuate -> assertThat(actuate).matches("actuate +allow +- +ok"));
        assertThat(arm.state()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "pin", "test"})
    @DisplayName("D16.1: a broken env file is an error, not a file that says nothing")
    void brokenEnvFile(String verb) throws Exception {
        Files.writeString(arm.file(".env"), "hunter2\n");

        var flags = List.of("--env-file", arm.file(".env").toString(), "render");
        var run = policy(verb, flags.subList(0, verb.equals("test") ? 3 : 2).toArray(String[]::new));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("must be NAME=value");
        assertThat(run.err()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("D16.1: the env file that init wrote says which robot and which policy")
    void envFile() {
        var run = CliRun.of(
                "policy",
                "test",
                "--env-file",
                arm.file(".env").toString(),
                "--driver",
                "sim-arm",
                "--tier",
                "read",
                "render");

        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"arm.home\""})
    void argumentsThatAreNoObject(String arguments) {
        var run = policy("test", "render", arguments);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("the arguments");
    }
}
