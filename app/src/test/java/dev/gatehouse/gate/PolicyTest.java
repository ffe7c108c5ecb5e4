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
        return Policy.read(StrictYaml.read(yaml, "policy.yaml"), "policy.yaml");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patterns: {read: ['get_*']}",
                "mcp_estop_clear: true",
                "local_operators: {0: [admin]}",
                "approvals: {wait_s: 10}",
                "disconnect: {require_deadman: true}",
                "limits: {daily_usd: 5}",
                "limits: {max_taskz: 1}",
                "stop: {escalate: [kill_motion]}",
                "stop: {hook: [/bin/true]}",
                "tools: {estop: {effect: observe}}",
                "Limits: {max_tasks: 1}"
            })
    @DisplayName("a rule that is not kept is an error, never silently accepted")
    void unknownKeys(String yaml) {
        assertThatThrownBy(() -> read("version: 1\n" + yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("policy.yaml")
                .hasMessageContaining("unknown key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 'version' is required and must be 1",
                "version: 2 | 'version' must be a whole number from 1 to 1",
                "{version: 1, tools: {x: {approval: never}}} | policy.yaml.tools.x: 'approval' must be always or default",
                "{version: 1, approvals: {ttl_s: 61}} | 'ttl_s' must be a whole number from 1 to 60",
                "{version: 1, approvals: {needed: 0}} | 'needed' must be a whole number from 1 to 10",
                "{version: 1, approvals: {self_approve: 1}} | 'self_approve' must be true or false",
                "{version: 1, disconnect: {allow: [ignore]}} | 'allow' may hold stop, finish_step and continue",
                "{version: 1, disconnect: {grace_s: 61}} | 'grace_s' must be at most 60",
                "{version: 1, disconnect: {grace_s: .nan}} | 'grace_s' must be a number above 0",
                "{version: 1, limits: {max_tasks: 0}} | 'max_tasks' must be a whole number from 1 to 1000",
                "{version: 1, limits: {deadline_s: 86401}} | 'deadline_s' must be a whole number from 5 to 86400",
                "{version: 1, stop: {ack_ms: 20}} | 'ack_ms' must be a whole number from 50 to 10000",
                "{version: 1, limits: []} | policy.yaml.limits: must be a mapping",
                "[] | policy.yaml: must be a mapping",
            })
    void wrongValues(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageEndingWith(problem);
    }
}
