package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** dispatcher.md 6.3. */
class PolicyTest {
    private static Policy read(String yaml) throws ConfigException {
        return Policy.read(StrictYaml.read(yaml));
    }

    @Test
    void builtIn() throws Exception {
        var policy = Policy.builtIn();

        assertThat(policy).isEqualTo(read("version: 1"));
        assertThat(policy.alwaysApprove()).isEmpty();
        assertThat(policy.readOnlyCapabilities()).containsExactlyInAnyOrder("status.report", "vision.describe");
        assertThat(policy.selfApprove()).isFalse();
        assertThat(policy.approvalsNeeded()).isEqualTo(1);
        assertThat(policy.approvalTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy.disconnectAllowed()).containsExactlyInAnyOrder("stop", "finish_step", "continue");
        assertThat(policy.disconnectGrace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.maxTasks()).isEqualTo(4);
        assertThat(policy.maxQueue()).isEqualTo(1000);
        assertThat(policy.maxDeadline()).isEqualTo(Duration.ofDays(1));
        assertThat(policy.stopAck()).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.surfacePin()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools: {render: {approval: always}} | gaps: allow | tools: {render: {approval: always}}",
                "read_only_capabilities: [a, b] | read_only_capabilities: [b, c] | read_only_capabilities: [b]",
                "gaps: allow | gaps: allow | gaps: allow",
                "approvals: {self_approve: true, needed: 2, ttl_s: 9} | approvals: {ttl_s: 30} | approvals: {needed: 2, ttl_s: 9}",
                "disconnect: {allow: [stop], grace_s: 9} | disconnect: {require_deadman: true}"
                        + " | disconnect: {allow: [stop], grace_s: 3, require_deadman: true}",
                "limits: {max_tasks: 9, max_queue: 5, deadline_s: 70} | limits: {daily_usd: 1, probe_steps: 3}"
                        + " | limits: {max_tasks: 4, max_queue: 5, deadline_s: 70, daily_usd: 1, probe_steps: 3}",
                "artifacts: {keep: [pictures, results], task_mb: 9} | artifacts: {keep: [results]}"
                        + " | artifacts: {keep: [results], task_mb: 9}",
                "mcp_estop_clear: true | version: 1 | version: 1"
            })
    @DisplayName("6.3: under two policies only that is allowed what both allow, whichever came first")
    void bothHold(String one, String other, String both) throws Exception {
        var first = read(versioned(one));
        var second = read(versioned(other));
        var expected = PolicyText.of(read(versioned(both)));

        assertThat(PolicyText.of(first.and(second))).isEqualTo(expected);
        assertThat(PolicyText.of(second.and(first))).isEqualTo(expected);
        assertThat(first.and(second).sha256()).isEqualTo(second.and(first).sha256());
        assertThat(first.and(first)).isSameAs(first);
    }

    @Test
    @DisplayName("6.3: where one of two policies is the stricter in all, its hash is in the decisions")
    void hashOfTheStricter() throws Exception {
        var lax = read("version: 1");
        var strict = read("version: 1\nlimits: {max_tasks: 1}");

        assertThat(lax.and(strict)).isEqualTo(strict);
        assertThat(strict.and(lax)).isEqualTo(strict);
    }

    private static String versioned(String members) {
        return members.startsWith("version") ? members : "version: 1\n" + members;
    }

    @Test
    void everyKey() throws Exception {
        var policy = read("""
                version: 1
                tools: {execute_capability: {approval: always}, render: {approval: default}}
                read_only_capabilities: [lamp.blink]
                approvals: {self_approve: true, needed: 2, ttl_s: 30}
                disconnect: {allow: [stop], grace_s: 0.5}
                limits: {max_tasks: 1, max_queue: 0, deadline_s: 60}
                stop: {ack_ms: 250}
                surface_sha256: abc
                """);

        assertThat(policy.alwaysApprove()).containsExactly("execute_capability");
        assertThat(policy.readOnlyCapabilities()).containsExactly("lamp.blink");
        assertThat(policy.selfApprove()).isTrue();
        assertThat(policy.approvalsNeeded()).isEqualTo(2);
        assertThat(policy.approvalTtl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.disconnectAllowed()).isEqualTo(Set.of("stop"));
        assertThat(policy.disconnectGrace()).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.maxTasks()).isEqualTo(1);
        assertThat(policy.maxQueue()).isZero();
        assertThat(policy.maxDeadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.stopAck()).isEqualTo(Duration.ofMillis(250));
        assertThat(policy.surfacePin()).isEqualTo(Optional.of("abc"));
    }

    @Test
    void theHashFollowsWhatItSays() throws Exception {
        assertThat(read("{version: 1, stop: {ack_ms: 400}}").sha256())
                .isEqualTo(read("stop:\n  ack_ms: 400\nversion: 1").sha256())
                .isNotEqualTo(Policy.builtIn().sha256());
    }

    @Test
    @DisplayName("10.3, 6.2: by default a gap is asked about, and no tool clears the stop")
    void carefulByDefault() throws ConfigException {
        var careful = Policy.builtIn();
        assertThat(careful.gapsAllowed()).isFalse();
        assertThat(careful.mcpEstopClear()).isFalse();
        assertThat(careful.probeSteps()).isEqualTo(200);

        var bold = read("version: 1\ngaps: allow\nmcp_estop_clear: true\nlimits: {probe_steps: 5}");
        assertThat(bold.gapsAllowed()).isTrue();
        assertThat(bold.mcpEstopClear()).isTrue();
        assertThat(bold.probeSteps()).isEqualTo(5);
        assertThat(Policy.builtIn().dailyMicros()).isEqualTo(50_000_000);
        assertThat(read("version: 1\nlimits: {daily_usd: 0.25}").dailyMicros()).isEqualTo(250_000);
        assertThat(Policy.builtIn().requireDeadMan()).isFalse();
        assertThat(read("version: 1\ndisconnect: {require_deadman: true}").requireDeadMan())
                .isTrue();
        assertThatThrownBy(() -> read("version: 1\nlimits: {probe_steps: 201}")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> read("version: 1\ngaps: maybe")).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patterns: {write: ['get_*']}",
                "estop_clear: true",
                "approvals: {wait_s: 10}",
                "limits: {max_taskz: 1}",
                "tools: {estop: {effects: observe}}",
                "Limits: {max_tasks: 1}"
            })
    @DisplayName("a rule that is not kept is an error, never silently accepted")
    void unknownKeys(String yaml) {
        assertThatThrownBy(() -> read("version: 1\n" + yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining("unknown member");
    }

    @Test
    @DisplayName("D8.4: the hook of a stop is a program by its absolute path; what this version cannot do is refused")
    void stopHook() throws ConfigException {
        assertThat(read("version: 1\nstop: {channels: [driver], escalate: [hook], hook: [/usr/bin/cut-power, now]}")
                        .stop()
                        .hook())
                .containsExactly("/usr/bin/cut-power", "now");
        for (var wrong : new String[] {
            "escalate: [power_off]",
            "channels: [commands_jsonl]",
            "escalate: [hook]",
            "hook: [/bin/true]",
            "escalate: [hook], hook: [true]"
        }) {
            assertThatThrownBy(() -> read("version: 1\nstop: {" + wrong + "}")).isInstanceOf(ConfigException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | line 1: member 'version' is missing",
                "version: 2 | version: must be between 1 and 1",
                "{version: 1, tools: {x: {approval: never}}} | tools.x.approval: must be one of always, default",
                "{version: 1, approvals: {ttl_s: 61}} | approvals.ttl_s: must be between 1 and 60",
                "{version: 1, approvals: {needed: 0}} | approvals.needed: must be between 1 and 10",
                "{version: 1, approvals: {self_approve: 1}} | approvals.self_approve: must be true or false",
                "{version: 1, disconnect: {allow: [ignore]}} | disconnect.allow[0]: must be one of continue, finish_step, stop",
                "{version: 1, disconnect: {grace_s: 61}} | disconnect.grace_s: must be between 0.001 and 60.0",
                "{version: 1, disconnect: {grace_s: .nan}} | disconnect.grace_s: must be a decimal number",
                "{version: 1, limits: {max_tasks: 0}} | limits.max_tasks: must be between 1 and 1000",
                "{version: 1, limits: {deadline_s: 86401}} | limits.deadline_s: must be between 5 and 86400",
                "{version: 1, stop: {ack_ms: 20}} | stop.ack_ms: must be between 50 and 10000",
                "{version: 1, limits: []} | limits: must be a mapping",
                "[] | line 1: must be a mapping",
            })
    void wrongValues(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageEndingWith(problem);
    }
}
