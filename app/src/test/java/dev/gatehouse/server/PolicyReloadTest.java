package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a reload makes of an edited policy.yaml (dispatcher.md 6.3). */
class PolicyReloadTest {
    private static final String ASK = "tools: {execute_capability: {approval: always}}\n";
    private static final String OPEN = "{tool: execute_capability, args: {capability: gripper.open}}";
    private static final String TWICE =
            script("twice", "[{call: [" + OPEN + "]}, {call: [" + OPEN + "], pace: {first_ms: 1000}}, {say: done}]");
    private static final String CALL = "{\"capability\":\"gripper.open\"}";

    private static TestServer server(String policy) {
        return TestServer.with()
                .policy(policy)
                .scripts(TWICE, Scripts.TAP, Scripts.PONDER)
                .start();
    }

    private static void reload(TestServer server, String policy) throws IOException {
        Files.writeString(server.manifest().resolveSibling("policy.yaml"), "version: 1\n" + policy);
        server.reload();
    }

    private static String reason(TestServer server) {
        return server.as(Who.ACTUATOR)
                .post("/v1/tools/execute_capability", CALL)
                .json()
                .path("result")
                .path("error")
                .path("reason")
                .asString("none");
    }

    private static Answer approve(TestServer server, JsonNode asked) {
        return server.decide(server.as(Who.APPROVER), asked.path("approval_id").asString(), "approve");
    }

    @Test
    @DisplayName("D16.4: what the operator wrote holds from the reload on, and the audit has both policies")
    void inForce() throws IOException {
        try (var server = server("")) {
            assertThat(reason(server)).isEqualTo("none");

            reload(server, ASK);
            assertThat(reason(server)).isEqualTo("hitl_gate");

            reload(server, "");
            assertThat(reason(server)).isEqualTo("none");
            await().until(() -> server.audit("policy_change").size() == 2);
            var changes = server.audit("policy_change");
            assertThat(changes.getFirst().path("before"))
                    .isEqualTo(changes.getLast().path("after"));
            assertThat(changes.getFirst().path("after"))
                    .isEqualTo(changes.getLast().path("before"));
            assertThat(server.audit("tool_intent").getLast().path("policy_sha256"))
                    .isEqualTo(changes.getLast().path("after"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits: {max_tasks: 0}\n",
                "no_such_member: 1\n",
                "{{{{",
                "tools: {no_such_tool: {approval: always}}\n",
                "surface_sha256: 0000\n"
            })
    @DisplayName("D16.4, D6.7: a policy that cannot be used, or pins other tools, changes nothing")
    void unusable(String text) throws IOException {
        try (var server = server(ASK)) {
            reload(server, text);

            assertThat(reason(server)).isEqualTo("hitl_gate");
            assertThat(server.audit("policy_change")).isEmpty();
        }
    }

    @Test
    @DisplayName("D16.4: a reload of the same policy is no change")
    void same() throws IOException {
        try (var server = server(ASK)) {
            reload(server, "# as it was\n" + ASK);

            assertThat(reason(server)).isEqualTo("hitl_gate");
            assertThat(server.audit("policy_change")).isEmpty();
        }
    }

    @Test
    @DisplayName("D16.4: a stricter policy holds for a running task at once")
    void stricterAtOnce() throws IOException {
        try (var server = server("");
                var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
            events.await("tool_result");

            reload(server, ASK);

            assertThat(approve(server, events.await("approval_required")).status())
                    .isEqualTo(200);
            assertThat(events.toEnd().assertWhole().status()).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("D16.4: a running task keeps the policy it began with where the new one is laxer")
    void kept() throws IOException {
        try (var server = server(ASK);
                var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
            assertThat(approve(server, events.await("approval_required")).status())
                    .isEqualTo(200);
            events.await("tool_result");

            reload(server, "");

            assertThat(approve(server, events.await("approval_required")).status())
                    .isEqualTo(200);
            assertThat(events.toEnd().assertWhole().status()).isEqualTo("completed");
            assertThat(reason(server)).isEqualTo("none");
        }
    }

    @Test
    @DisplayName("D7.1, T6.2: an agreement given under another policy is none")
    void agreedUnderAnother() throws IOException {
        try (var server = server(ASK);
                var events = server.as(Who.ACTUATOR).dispatch(goal("tap"))) {
            var asked = events.await("approval_required");

            reload(server, ASK + "approvals: {ttl_s: 30}\n");

            assertThat(approve(server, asked).status()).isEqualTo(200);
            var decided = events.await("gate_decision");
            while (!decided.path("behavior").asString().equals("deny")) {
                decided = events.await("gate_decision");
            }
            assertThat(decided.path("code").asString()).isEqualTo("approval_mismatch");
            assertThat(server.audit("tool_intent")).isEmpty();
        }
    }

    @Test
    @DisplayName("D9.6: more slots let in who waits")
    void moreSlots() throws IOException {
        try (var server = server("limits: {max_tasks: 1}\n");
                var first = server.as(Who.READER).dispatch(goal("ponder", ",\"effect\":\"observe\""));
                var second = server.as(Who.READER).dispatch(goal("tap", ",\"effect\":\"observe\",\"queue\":true"))) {
            first.await("session");
            second.await("accepted");

            reload(server, "limits: {max_tasks: 2}\n");

            assertThat(second.toEnd().status()).isEqualTo("completed");
        }
    }
}
