package dev.gatehouse.server;

import static dev.gatehouse.server.ToolServerBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.json.Json;
import dev.gatehouse.toolserver.StandInHome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Who may call which tool of an external server (dispatcher.md 6.2, D6.6, D6.7; threats.md T3). */
@Timeout(120)
class ToolServerRightsTest {
    private static String pinOf(String policy) {
        var said = String.valueOf(
                catchThrowable(() -> ToolServerBench.start(policy).close()).getMessage());
        return said.substring(said.lastIndexOf(' ') + 1);
    }

    private static List<String> names(ToolServerBench bench, Who who) {
        var names = new ArrayList<String>();
        bench.server()
                .as(who)
                .get("/v1/tools")
                .json()
                .path("tools")
                .forEach(tool -> names.add(tool.path("name").asString("")));
        return names;
    }

    @Test
    @DisplayName("T3.4, T3.1: a tool that neither the table nor the policy knows is nobody's, in every tier")
    void unknownIsNobodys() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            for (var who : List.of(Who.READER, Who.ACTUATOR, Who.OPERATOR, Who.ADMIN)) {
                assertThat(names(bench, who)).doesNotContain("polish", "nudge", "render_x", "Render", "get_height");
                for (var tool : List.of("polish", "nudge", "render_x", "Render", "get_height")) {
                    assertThat(reason(bench.call(who, tool, "{}"))).as(tool).isEqualTo("tool_unknown");
                }
            }
            assertThat(names(bench, Who.READER)).contains("render", "status", "discover", "estop");
            assertThat(bench.call(Who.READER, "render", "{}").path("text").asString())
                    .isEqualTo("did render");
            assertThat(bench.program().heard("tools/call")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("T3.3: readOnlyHint grants nothing, and is not passed on")
    void lyingAnnotations() {
        try (var bench = ToolServerBench.start("tools: {nudge: {effect: actuate}}\ngaps: allow\n")) {
            assertThat(reason(bench.call(Who.READER, "nudge", "{}"))).isEqualTo("tier_required");
            assertThat(bench.program().heard("/nudge")).isZero();
            assertThat(bench.call(Who.ACTUATOR, "nudge", "{}").path("text").asString())
                    .isEqualTo("did nudge");
            var listed = bench.server().as(Who.ACTUATOR).get("/v1/tools").text();
            assertThat(listed)
                    .doesNotContain("\"readOnlyHint\":true,\"destructiveHint\":false,\"idempotentHint\":false");
            bench.server()
                    .as(Who.ACTUATOR)
                    .get("/v1/tools")
                    .json()
                    .path("tools")
                    .forEach(tool -> assertThat(tool.path("annotations")
                                    .path("readOnlyHint")
                                    .asBoolean())
                            .isEqualTo(tool.path("effect").asString("").equals("observe")));
        }
    }

    @Test
    @DisplayName("D6.6: a pattern holds for the pinned tools alone, and for no name with a word of action in it")
    void patterns() {
        var policy = "patterns: {read: [\"get_*\", \"list_*\"]}\n";
        var pin = pinOf(policy);
        assertThat(pin).hasSize(64);
        var pinned = policy + "surface_sha256: \"" + pin + "\"\n";
        try (var bench = ToolServerBench.start(pinned)) {
            assertThat(bench.call(Who.READER, "get_height", "{}").path("text").asString())
                    .isEqualTo("did get_height");
            assertThat(names(bench, Who.READER)).contains("list_programs").doesNotContain("get_alarm");
            assertThat(reason(bench.call(Who.READER, "get_alarm", "{}"))).isEqualTo("tool_unknown");
        }
        var more = StandInHome.tools();
        more.addObject().put("name", "get_more").putObject("inputSchema").put("type", "object");
        assertThat(catchThrowable(() -> ToolServerBench.start(pinned, program -> program.tools(more))
                        .close()))
                .hasMessageContaining("not those the policy pins");
    }

    @Test
    @DisplayName(
            "D6.7, T3.2: the whole tool object is pinned: a description, a schema or a hint that changed is another tool")
    void wholeObjects() {
        var pinned = "surface_sha256: \"" + pinOf("surface_sha256: \"0\"\n") + "\"\n";
        ToolServerBench.start(pinned).close();
        for (var member : List.of("description", "inputSchema", "annotations")) {
            var tools = StandInHome.tools();
            var tool = (ObjectNode) tools.get(0);
            tool.set(
                    member,
                    member.equals("description")
                            ? Json.tree("Another one.")
                            : Json.object().put("type", "object").put("readOnlyHint", true));
            assertThat(catchThrowable(() -> ToolServerBench.start(pinned, program -> program.tools(tools))
                            .close()))
                    .as(member)
                    .hasMessageContaining("not those the policy pins");
        }
    }

    @Test
    @DisplayName("E2.17: a description is cut to 2 KiB, and the schema is the server's, closed")
    void descriptions() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            var tools = bench.server().as(Who.READER).get("/v1/tools").json().path("tools");
            tools.forEach(tool -> assertThat(tool.path("description")
                            .asString("")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                            .length)
                    .isLessThanOrEqualTo(2048));
            assertThat(reason(bench.call(Who.READER, "render", "{\"do\":7}"))).isEqualTo("bad_args");
            assertThat(reason(bench.call(Who.READER, "render", "{\"more\":1}"))).isEqualTo("bad_args");
            assertThat(bench.program().heard("tools/call")).isZero();
        }
    }

    @Test
    @DisplayName(
            "6.2: discover looks or moves by its steps, a joint is turned only if it is declared and only a little, the stop is the house's own, and tokens are never passed on")
    void table() {
        try (var bench = ToolServerBench.start("gaps: ask\n")) {
            assertThat(bench.call(Who.READER, "discover", "{\"steps\":[{\"capture\":{}}]}")
                            .path("text")
                            .asString())
                    .isEqualTo("did discover");
            assertThat(reason(bench.call(Who.READER, "discover", "{\"steps\":[{\"probe_direction\":{}}]}")))
                    .isEqualTo("tier_required");
            assertThat(reason(bench.call(Who.READER, "discover", "{\"steps\":[{\"capture\":{},\"jump\":{}}]}")))
                    .isEqualTo("tier_required");
            for (var malformed : List.of(
                    "\"jump\"",
                    "\"probe_direction\"",
                    "{\"probe_direction\":{\"delta\":0}}",
                    "{\"probe_direction\":{\"delta\":\"30\"}}",
                    "{\"probe_direction\":{\"delta\":30.5}}",
                    "{\"probe_direction\":{\"joint\":{}}}",
                    "{\"probe_direction\":{\"speed\":9}}")) {
                assertThat(reason(bench.call(Who.ACTUATOR, "discover", "{\"steps\":[" + malformed + "]}")))
                        .as(malformed)
                        .isEqualTo("arguments_invalid");
            }
            for (var tooMuch : List.of(
                    "{}", "{\"joint\":\"base_yaw\",\"delta\":201}", "{\"joint\":\"base_yaw\",\"delta\":-201}")) {
                assertThat(reason(bench.call(
                                Who.ACTUATOR,
                                "discover",
                                "{\"steps\":[{\"capture\":{}},{\"probe_direction\":" + tooMuch + "}]}")))
                        .as(tooMuch)
                        .isEqualTo("bad_args");
            }
            assertThat(reason(bench.call(
                            Who.ACTUATOR,
                            "discover",
                            "{\"steps\":[{\"probe_direction\":{\"joint\":\"base_yaw\",\"delta\":-200}}]}")))
                    .isEqualTo("hitl_gate");
            assertThat(reason(bench.call(Who.ACTUATOR, "execute_task", "{}"))).isEqualTo("hitl_gate");
            assertThat(reason(bench.call(Who.ACTUATOR, "record_skill", "{}"))).isEqualTo("hitl_gate");
            assertThat(reason(bench.call(Who.ACTUATOR, "execute_capability", "{\"capability\":\"leg.kick\"}")))
                    .isEqualTo("not_declared");
            assertThat(reason(bench.call(Who.ACTUATOR, "execute_capability", "{\"capability\":\"arm.place\"}")))
                    .isEqualTo("hitl_gate");
            assertThat(reason(bench.call(Who.ACTUATOR, "estop_clear", "{}"))).isEqualTo("");
            assertThat(bench.call(
                                    Who.ACTUATOR,
                                    "execute_capability",
                                    "{\"capability\":\"arm.home\",\"confirm_token\":\"abc\"}")
                            .path("text")
                            .asString())
                    .isEqualTo("did execute_capability");
            assertThat(bench.program().heard().toString()).doesNotContain("confirm_token");
        }
    }

    @Test
    @DisplayName("6.3: what the policy says of tools that are not there, or without a tool server, is refused")
    void misplacedRules() {
        for (var policy : List.of(
                "tools: {execute_capability: {effect: observe}}\n",
                "tools: {no_such_tool: {effect: observe}}\n",
                "tools: {estop: {effect: observe}}\n")) {
            assertThat(catchThrowable(() -> ToolServerBench.start(policy).close()))
                    .as(policy)
                    .hasMessageContaining("the policy says what the tool");
        }
        for (var policy : List.of(
                "tools: {render: {effect: observe}}\n",
                "patterns: {read: [\"get_*\"]}\n",
                "stop: {channels: [driver, commands_jsonl]}\n",
                "stop: {escalate: [kill_motion]}\n")) {
            assertThat(catchThrowable(
                            () -> TestServer.with().policy(policy).start().close()))
                    .as(policy)
                    .hasMessageContaining("means nothing without a tool server");
        }
    }
}
