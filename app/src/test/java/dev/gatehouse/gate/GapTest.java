package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no gate covers, and what results say about it (robot-md.md 10.1, 10.3). */
class GapTest {
    /** The example with a gripper that no gate covers. */
    private static final GateBench.Setup UNCOVERED = GateBench.Setup.standard()
            .with(text -> text.replace("    - scope: gripper\n      require_auth: false\n", ""));

    @TempDir
    Path directory;

    private static ToolResult open(GateBench bench) throws InterruptedException {
        return bench.gate.call(bench.mover(), bench.run("gripper.open", Json.object()));
    }

    private static List<String> warnings(ToolResult result) {
        var out = new ArrayList<String>();
        result.structured().orElseThrow().path("warnings").forEach(w -> out.add(w.asString("")));
        return out;
    }

    @Test
    @DisplayName(
            "10.3: a gap needs a person, with a scope that says so, and is named in the warnings and to the person")
    void asked() throws Exception {
        try (var bench = new GateBench(directory, UNCOVERED)) {
            var result = open(bench);

            assertThat(reason(result)).contains("hitl_gate");
            assertThat(result.structured()
                            .orElseThrow()
                            .path("error")
                            .path("scope")
                            .asString(""))
                    .isEqualTo("(undeclared)");
            assertThat(warnings(result)).singleElement().asString().contains("[gate-gap]");
            assertThat(bench.approvals.list().getLast().shown().warnings())
                    .singleElement()
                    .asString()
                    .contains("[gate-gap]");
            assertThat(bench.driver.executed()).isEmpty();
        }
    }

    @Test
    @DisplayName("10.3: an operator who allows gaps is not asked, and still told")
    void allowed() throws Exception {
        try (var bench = new GateBench(directory, UNCOVERED.under("{version: 1, gaps: allow}"))) {
            var result = open(bench);

            assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.OK);
            assertThat(warnings(result)).singleElement().asString().contains("[gate-gap]");
        }
    }

    @Test
    @DisplayName("10.3: allowing gaps opens no gate that is there")
    void gatesStay() throws Exception {
        var setup = GateBench.Setup.standard().everythingAsked().under("{version: 1, gaps: allow}");
        try (var bench = new GateBench(directory, setup)) {
            assertThat(reason(open(bench))).contains("hitl_gate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"- scope: vision", "- scope: status"})
    @DisplayName("10.3: looking is no gap, but a gate with the name of what looks covers it")
    void looking(String scope) throws Exception {
        var setup = UNCOVERED.with(
                text -> text.replace("    - scope: vision\n      require_auth: false\n", "    " + scope + "\n"));
        try (var bench = new GateBench(directory, setup)) {
            var found = bench.gate.call(
                    bench.reader(), bench.call("vision_find", Json.object().put("descriptor_id", "red_cube")));
            var report = bench.gate.call(bench.reader(), bench.run("status.report", Json.object()));

            assertThat(reason(found)).contains(scope.endsWith("vision") ? "hitl_gate" : "");
            assertThat(reason(report)).contains(scope.endsWith("status") ? "hitl_gate" : "");
            assertThat(warnings(found)).isEmpty();
        }
    }

    @Test
    @DisplayName("10.1: results and refusals have a UUID, the hash of the manifest, warnings, status and error")
    void commonKeys() throws Exception {
        try (var bench = new GateBench(directory)) {
            var moved = open(bench);
            var found = bench.gate.call(
                    bench.reader(), bench.call("vision_find", Json.object().put("descriptor_id", "red_cube")));
            var denied = bench.gate.call(bench.reader(), bench.pick());
            var badArguments = bench.gate.call(
                    bench.mover(),
                    bench.call("execute_capability", Json.object().put("capability", 7)));
            var stopped = bench.gate.call(bench.reader(), bench.call("estop", Json.object()));
            var blocked = open(bench);

            var ids = new ArrayList<String>();
            for (var result : List.of(moved, found, denied, badArguments, stopped, blocked)) {
                var body = result.structured().orElseThrow();
                ids.add(UUID.fromString(body.path("request_id").asString("")).toString());
                assertThat(body.path("manifest_sha256").asString("")).isEqualTo(bench.manifest.pin());
                assertThat(body.path("warnings").isArray()).isTrue();
                assertThat(body.path("status").isString()).isTrue();
                assertThat(body.has("error")).isTrue();
                assertThat(result.text()).isEqualTo(Json.pretty(body));
            }
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(reason(badArguments)).contains("bad_args");
            assertThat(stopped.structured()
                            .orElseThrow()
                            .path("stop")
                            .path("confirmed")
                            .booleanValue(false))
                    .isTrue();
            assertThat(bench.records("tool_intent")
                            .getFirst()
                            .path("request_id")
                            .asString(""))
                    .isEqualTo(ids.getFirst());
        }
    }
}
