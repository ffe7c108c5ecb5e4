package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each row of the table of preconditions (robot-md.md 10.6). */
class PreconditionsTest {
    @TempDir
    Path directory;

    /** The example with this contract for picking, and more in front of its vision section and within its solver. */
    private static GateBench.Setup contract(String preconditions, String root, String solver) {
        return GateBench.Setup.standard()
                .with(text -> text.replace(
                                "\nvision:",
                                "\ncapability_contracts:\n  arm.pick:\n    preconditions: [%s]\n%s\nvision:"
                                        .formatted(preconditions, root))
                        .replace("    convention: DH\n", "    convention: DH\n" + solver));
    }

    private ToolResult pick(GateBench.Setup setup) throws Exception {
        try (var bench = new GateBench(directory, setup)) {
            return bench.gate.call(bench.mover(), bench.pick());
        }
    }

    private static List<JsonNode> failures(ToolResult result) {
        var out = new ArrayList<JsonNode>();
        result.structured().orElseThrow().path("error").path("preconditions").forEach(out::add);
        return out;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: pose_taught, name: home}||",
                "{kind: extrinsic_present}||",
                "{kind: vision_map_present}||    vision_map: {kind: pixel}%n",
                "{kind: ik_provider_set}||    ik_provider: dls%n",
                "{kind: workspace_declared}||",
                "{kind: learned_skill_ok, name: tidy}|learned_skills: [{id: tidy, status: ok}]|",
                "{kind: backend_resolved}||",
            })
    void holds(String precondition, String root, String solver) throws Exception {
        var result = pick(contract(
                precondition, root == null ? "" : root, solver == null ? "" : ("    " + solver.strip()).formatted()));

        assertThat(result.outcome()).as(result.text()).isEqualTo(ToolResult.Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: pose_taught, name: tucked}|",
                "{kind: pose_taught}|",
                "{kind: vision_map_present}|",
                "{kind: ik_provider_set}|",
                "{kind: learned_skill_ok, name: tidy}|learned_skills: [{id: tidy, status: degraded}]",
                "{kind: learned_skill_ok, name: tidy}|",
                "{kind: learned_skill_ok}|learned_skills: [{id: tidy, status: ok}]",
            })
    void fails(String precondition, String root) throws Exception {
        var result = pick(contract(precondition, root == null ? "" : root, ""));

        assertThat(reason(result)).contains("precondition");
        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.BLOCKED);
        assertThat(failures(result)).hasSize(1);
    }

    @Test
    @DisplayName("10.6: a camera whose driver nobody declared, or without an extrinsic, is none")
    void cameras() throws Exception {
        var setup = contract("{kind: extrinsic_present}", "", "");

        assertThat(reason(pick(setup.with(text -> text.replace("driver_id: camera", "driver_id: other")))))
                .contains("precondition");
        assertThat(reason(pick(setup.with(
                        text -> text.replace("extrinsic: [170, 0, 520, 3.14159, 0, 0]", "extrinsic: null")))))
                .contains("precondition");
    }

    @Test
    @DisplayName("10.6: a workspace that is not complete is none")
    void workspace() throws Exception {
        var setup = contract("{kind: workspace_declared}", "", "");

        assertThat(reason(pick(setup.with(text -> text.replace("      z: [5, 260]\n", "")))))
                .isPresent();
    }

    @Test
    @DisplayName("10.6: all that fail are told together, in order, each with its kind, name, message and fix")
    void allTogether() throws Exception {
        var result = pick(contract(
                "{kind: ik_provider_set}, {kind: workspace_declared}, {kind: pose_taught, name: tucked}", "", ""));

        assertThat(failures(result))
                .extracting(
                        f -> f.path("kind").asString(""), f -> f.path("name").asString(""))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ik_provider_set", ""),
                        org.assertj.core.groups.Tuple.tuple("pose_taught", "tucked"));
        assertThat(failures(result)).allSatisfy(failure -> {
            assertThat(failure.path("message").asString("")).isNotEmpty();
            assertThat(failure.has("suggested_fix")).isTrue();
        });
    }

    @Test
    @DisplayName("10.6: looking needs none of them")
    void readOnlyIsExempt() throws Exception {
        var setup = contract("{kind: ik_provider_set}", "", "")
                .with(text -> text.replace("  arm.pick:\n    preconditions", "  status.report:\n    preconditions"));
        try (var bench = new GateBench(directory, setup)) {
            var result = bench.gate.call(bench.reader(), bench.run("status.report", Json.object()));
            assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.OK);
        }
    }
}
