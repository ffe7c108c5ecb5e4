package dev.gatehouse.gate;

import static dev.gatehouse.gate.GateBench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.robot.Outcome;
import dev.gatehouse.robot.Probe;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tool {@code discover} (robot-md.md 10.12). */
@Timeout(60)
class DiscoverTest {
    /** A gate of the commissioning class that asks nobody, so that the other rules can be seen. */
    private static String unasked(String manifest) {
        return manifest.replace(
                "    - scope: system\n", "    - scope: commission\n      require_auth: false\n    - scope: system\n");
    }

    @TempDir
    Path directory;

    private final List<GateBench> opened = new ArrayList<>();

    /** Also before another is opened: they share a directory. */
    @AfterEach
    void close() {
        opened.forEach(GateBench::close);
        opened.clear();
    }

    private GateBench bench(GateBench.Setup setup) {
        close();
        var bench = new GateBench(directory, setup);
        opened.add(bench);
        return bench;
    }

    private GateBench unasked() {
        return bench(GateBench.Setup.standard().with(DiscoverTest::unasked));
    }

    private static ToolResult run(GateBench bench, Principal who, String... steps) throws InterruptedException {
        try {
            var arguments = (ObjectNode) Json.read("{\"steps\": [" + String.join(",", steps) + "]}");
            return bench.gate.call(who, bench.call("discover", arguments));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static String probe(int delta) {
        return "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": %s}}".formatted(delta);
    }

    private static JsonNode body(ToolResult result) {
        return result.structured().orElseThrow();
    }

    @Test
    @DisplayName("10.12: looking is for readers, works while the stop is set, and has results by name and in order")
    void looking() throws Exception {
        var bench = bench(GateBench.Setup.standard());
        bench.robot.interlock().stop("anna", "");

        var result = run(
                bench,
                bench.reader(),
                "{\"capture\": {}}",
                "{\"detect\": {\"descriptors\": [\"red_cube\", \"ghost\"]}}",
                "{\"capture\": {}}");

        var body = body(result);
        assertThat(body.path("step_results").size()).isEqualTo(3);
        assertThat(body.path("results").path("capture").path("shape")).isEqualTo(Json.tree(List.of(480, 640, 3)));
        var found = body.path("results").path("detect").path("descriptors");
        assertThat(found.path("red_cube").path("status").asString("")).isEqualTo("ok");
        assertThat(found.path("red_cube").path("pixel").size()).isEqualTo(2);
        assertThat(found.path("ghost").path("error").path("reason").asString(""))
                .isEqualTo("unknown_descriptor");
        assertThat(body.path("status").asString("")).as("the worst of all").isEqualTo("error");
        assertThat(reason(result)).contains("unknown_descriptor");
        assertThat(body.path("events").size()).isEqualTo(6);
    }

    @Test
    @DisplayName("10.12: with a probe it is a motion: not for readers, and it needs a person by default")
    void probing() throws Exception {
        var bench = bench(GateBench.Setup.standard());

        assertThat(reason(run(bench, bench.reader(), "{\"capture\": {}}", probe(30))))
                .contains("tier_required");
        var asked = run(bench, bench.mover(), probe(30));
        assertThat(reason(asked)).contains("hitl_gate");
        assertThat(body(asked).path("error").path("scope").asString("")).isEqualTo("commission");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"capture\": {}}, {\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 1}}",
                "{\"capture\": {}, \"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}",
                "{\"probe_direction\": {}}",
                "{\"capture\": {\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 30}}}",
                "{\"detect\": {\"descriptors\": [\"red_cube\"], \"then\": \"arm.home\"}}",
                "{\"execute_capability\": {\"capability\": \"arm.home\"}}",
                "{\"Capture\": {}}",
                "{\"capture \": {}}",
                "[{\"capture\": {}}]",
                "null"
            })
    @DisplayName(
            "T4.1: with any step but capture and detect, in any mixture, discover is denied for readers and nothing runs")
    void readersOnlyLook(String steps) throws Exception {
        var bench = unasked();

        for (var who : List.of(bench.reader(), bench.approver())) {
            var result = run(bench, who, steps);
            assertThat(reason(result).orElseThrow()).isIn("tier_required", "bad_args");
        }
        assertThat(bench.driver.executed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"destructive", "arm", "commission", "something"})
    @DisplayName("10.12: a gate named commission, destructive or arm covers a probe, and so does one nobody knows")
    void gates(String scope) throws Exception {
        var bench = bench(GateBench.Setup.standard()
                .with(text ->
                        text.replace("    - scope: system\n", "    - scope: " + scope + "\n    - scope: system\n")));

        var asked = run(bench, bench.mover(), probe(30));

        assertThat(body(asked).path("error").path("scope").asString("")).isEqualTo(scope);
    }

    @Test
    @DisplayName("10.3: a gate on looking covers discover's pictures")
    void gatedLooking() throws Exception {
        var bench = bench(GateBench.Setup.standard()
                .with(text -> text.replace("- scope: vision\n      require_auth: false", "- scope: perceive")));

        assertThat(reason(run(bench, bench.reader(), "{\"capture\": {}}"))).contains("hitl_gate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"dance\": {}}",
                "{\"capture\": {}, \"detect\": {\"descriptors\": [\"red_cube\"]}}",
                "{\"capture\": {\"now\": true}}",
                "{\"detect\": {\"descriptors\": []}}",
                "{\"detect\": {\"descriptors\": [7]}}",
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 0}}",
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 201}}",
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": -201}}",
                "{\"probe_direction\": {\"joint\": \"base_yaw\", \"delta\": 1.5}}",
                "{\"probe_direction\": {\"joint\": \"tail\", \"delta\": 30}}",
                "{\"probe_direction\": {}}",
                "7"
            })
    @DisplayName("10.12: one malformed step, and none of them runs")
    void malformed(String step) throws Exception {
        var bench = unasked();

        assertThat(reason(run(bench, bench.mover(), probe(30), step))).contains("bad_args");
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("10.12: an operator may allow less than 200 steps, never more")
    void lessFar() throws Exception {
        var bench = bench(GateBench.Setup.standard()
                .with(DiscoverTest::unasked)
                .under("{version: 1, limits: {probe_steps: 10}}"));

        assertThat(reason(run(bench, bench.mover(), probe(11)))).contains("bad_args");
        assertThat(run(bench, bench.mover(), probe(10)).outcome()).isNotEqualTo(ToolResult.Outcome.BLOCKED);
        assertThat(bench.driver.executed()).hasSize(1);
    }

    private static void assertRefused(GateBench bench, String reason) throws InterruptedException {
        assertThat(reason(run(bench, bench.mover(), probe(30)))).contains(reason);
        assertThat(bench.driver.executed()).isEmpty();
    }

    @Test
    @DisplayName("10.12: every check of a motion: latch, manifest, body, limits, lease")
    void checks() throws Exception {
        var latched = unasked();
        latched.robot.interlock().stop("anna", "");
        assertRefused(latched, "estop_set");

        var changed = unasked();
        Files.writeString(changed.robotMd, "\nOne more line.\n", StandardOpenOption.APPEND);
        assertRefused(changed, "manifest_changed");

        var bodiless =
                bench(GateBench.Setup.standard().with(DiscoverTest::unasked).bodiless());
        assertRefused(bodiless, "no_backend");

        var unlimited = bench(GateBench.Setup.standard()
                .with(DiscoverTest::unasked)
                .with(text -> text.replace("  max_joint_velocity_dps: 90\n", "")));
        assertRefused(unlimited, "limit_missing");

        var narrow = bench(GateBench.Setup.standard()
                .with(DiscoverTest::unasked)
                .with(text -> text.replace("limits_deg: [-170, 170]", "limits_deg: [-1, 1]")));
        assertRefused(narrow, "joint_limit");

        var coarse = bench(GateBench.Setup.standard()
                .with(DiscoverTest::unasked)
                .with(text -> text.replace("    encoder:\n      steps_per_rev: 4096\n", "")));
        assertRefused(coarse, "no_position_read");

        var taken = unasked();
        taken.lease.take("tsk-1");
        assertRefused(taken, "busy");
    }

    @Test
    @DisplayName("10.12: each probe is a motion of its own under one permission; what was seen is told in pixels")
    void probes() throws Exception {
        var bench = unasked();
        bench.driver.onMotion((command, permit, progress) -> Outcome.ok("done")
                .with(
                        List.of(),
                        List.of(Outcome.event(
                                Probe.EVENT, Json.object().set("px_shift", Json.tree(List.of(-6.0, 2.0)))))));

        var result = run(bench, bench.mover(), probe(30), probe(-40), "{\"capture\": {}}");

        assertThat(result.outcome()).as(result.text()).isEqualTo(ToolResult.Outcome.OK);
        assertThat(bench.driver.executed())
                .extracting(command -> command.args().path("delta_deg").asDouble(0))
                .containsExactly(30 * 360 / 4096.0, -40 * 360 / 4096.0);
        var seen = body(result).path("results").path("probe_direction");
        assertThat(seen.path("direction").asString("")).isEqualTo("left");
        assertThat(seen.path("px_per_step").asDouble(0)).isEqualTo(Math.hypot(6, 2) / 30);
    }

    @Test
    @DisplayName("10.12: a stop during one step ends the run, and no later step begins")
    void stopped() throws Exception {
        var bench = unasked();
        bench.driver.onMotion((command, permit, progress) -> {
            bench.robot.interlock().protectiveStop("cancel");
            return Outcome.blocked("stopped", "a stop came");
        });

        var result = run(bench, bench.mover(), probe(30), probe(30), "{\"capture\": {}}");

        assertThat(body(result).path("status").asString("")).isEqualTo("blocked");
        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.ABORTED);
        assertThat(body(result).path("step_results").size()).isEqualTo(1);
        assertThat(bench.driver.executed()).hasSize(1);
    }

    @Test
    @DisplayName("10.12: a stop between two probes ends the second, although the latch is open again")
    void stoppedBetween() throws Exception {
        var bench = unasked();
        bench.driver.onMotion((command, permit, progress) -> {
            var outcome = Outcome.ok("done");
            var report = bench.robot.interlock().stop("anna", "");
            bench.robot.interlock().clear(report.latch().orElseThrow().latchId(), "carla", "", true, () -> {});
            return outcome;
        });

        run(bench, bench.mover(), probe(30), probe(30));

        assertThat(bench.driver.executed()).hasSize(1);
    }
}
