package dev.gatehouse.robotmd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.json.ArgumentSchema;
import dev.gatehouse.json.Json;
import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Renderer;
import dev.gatehouse.time.InstantTicker;
import dev.gatehouse.tool.Tool;
import dev.gatehouse.tool.ToolResult;
import dev.gatehouse.tool.Toolbox;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManifestToolsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    @DisplayName("8.6: three tools that only look, take anything, and say what they answer")
    void surface() {
        var tools = Bench.of(directory, Bench.minimal()).tools;

        assertThat(tools.stream().map(Tool::name)).containsExactly("validate", "render", "doctor_summary");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(Json.line(tool.surface().get("annotations")))
                    .isEqualTo("{\"readOnlyHint\":true,\"destructiveHint\":false,\"idempotentHint\":true,"
                            + "\"openWorldHint\":false}");
            assertThat(Json.line(tool.inputSchema())).isEqualTo("{\"type\":\"object\"}");
            assertThat(tool.outputSchema()).isPresent();
            assertThat(tool.description()).contains("For \"");
        });
        assertThat(new ReadingGate(new Toolbox(tools)).toolbox().tools()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "rover", "servo-arm", "arm-with-camera"})
    @DisplayName("8.6: the structured result fits its schema and, but for render, is the text")
    void structured(String fixture) throws Exception {
        var bench = Bench.of(directory, Bench.fixture(fixture + ".ROBOT.md"));
        for (var tool : bench.tools) {
            var result = bench.call(tool.name());
            assertThat(result.isError()).isFalse();
            var schema = ArgumentSchema.compile(tool.outputSchema().orElseThrow());
            assertThat(schema.problem(result.structured().orElseThrow())).isEmpty();
            if (!tool.name().equals("render")) {
                assertThat(result.text())
                        .isEqualTo(Json.pretty(result.structured().orElseThrow()));
            }
        }
    }

    @Test
    @DisplayName("8.6, 11: render is raw YAML as text and {yaml} as structure")
    void render() {
        var bench = Bench.of(directory, Bench.minimal());
        var manifest = (Manifest) new ManifestFile(bench.path(), new InstantTicker()).read();

        assertThat(bench.call("render").text()).isEqualTo(Renderer.render(manifest.frontmatter()));
        assertThat(bench.structured("render"))
                .isEqualTo(Json.object().put("yaml", bench.call("render").text()));
    }

    @Test
    @DisplayName("8.6: doctor_summary has these keys in this order")
    void keys() {
        var summary = Bench.of(directory, Bench.minimal()).structured("doctor_summary");

        assertThat(summary.propertyNames())
                .containsExactly(
                        "schema_ok",
                        "schema_errors",
                        "robot_name",
                        "rrn",
                        "registered",
                        "dof",
                        "capabilities_count",
                        "drivers",
                        "hitl_gates",
                        "estop",
                        "notes",
                        "warnings",
                        "gates_undeclared_auth",
                        "actuation",
                        "estop_state");
        assertThat(Json.line(summary))
                .startsWith(
                        "{\"schema_ok\":true,\"schema_errors\":[],\"robot_name\":\"tin-mouse\",\"rrn\":null,"
                                + "\"registered\":false,\"dof\":2,\"capabilities_count\":0,"
                                + "\"drivers\":[{\"id\":\"motors\",\"protocol\":\"pwm\"}],\"hitl_gates\":[],"
                                + "\"estop\":{\"software\":true,\"response_ms\":250},\"notes\":[\"Only the manifest was checked.");
    }

    @Test
    @DisplayName("8.6: what a registered robot with a port and gates declares")
    void declared() {
        var summary =
                Bench.of(directory, Bench.fixture("arm-with-camera.ROBOT.md")).structured("doctor_summary");

        assertThat(summary.path("rrn").stringValue()).isEqualTo("RRN-000000004711");
        assertThat(summary.path("registered").booleanValue()).isTrue();
        assertThat(summary.path("capabilities_count").intValue()).isEqualTo(4);
        assertThat(Json.line(summary.path("drivers")))
                .isEqualTo("[{\"id\":\"bus\",\"protocol\":\"dynamixel\",\"port\":\"/dev/ttyUSB0\"},"
                        + "{\"id\":\"eye\",\"protocol\":\"v4l2\"}]");
    }

    @Test
    @DisplayName("8.6: require_auth is the effective value; a missing one is true and named")
    void effectiveAuthorization() {
        var summary = Bench.of(
                        directory,
                        "---\nsafety: {hitl_gates: [{scope: a}, {scope: b, require_auth: false}, {scope: c,"
                                + " require_auth: nope}]}\n---\n")
                .structured("doctor_summary");

        assertThat(Json.line(summary.path("hitl_gates")))
                .isEqualTo("[{\"scope\":\"a\",\"require_auth\":true},{\"scope\":\"b\",\"require_auth\":false},"
                        + "{\"scope\":\"c\",\"require_auth\":true}]");
        assertThat(Json.line(summary.path("gates_undeclared_auth"))).isEqualTo("[\"a\",\"c\"]");
    }

    @Test
    @DisplayName("8.6: without a backend nothing can move and the latch is not known")
    void manifestMode() {
        var summary = Bench.of(directory, Bench.minimal()).structured("doctor_summary");

        assertThat(summary.at("/actuation/enabled").booleanValue()).isFalse();
        assertThat(summary.at("/actuation/reasons/0").stringValue()).startsWith("no_backend: ");
        assertThat(Json.line(summary.path("estop_state"))).isEqualTo("{\"latched\":null,\"since\":null}");
    }

    @Test
    @DisplayName("8.6: with a backend, what keeps it from moving and the latch as it is")
    void actuationMode() {
        var bench = Bench.of(directory, Bench.minimal(), Bench.actuation(true));

        assertThat(Json.line(bench.structured("doctor_summary").path("actuation")))
                .isEqualTo("{\"enabled\":true,\"reasons\":[]}");
        assertThat(Json.line(bench.structured("doctor_summary").path("estop_state")))
                .isEqualTo("{\"latched\":true,\"since\":\"2026-03-04T05:06:07Z\"}");
        bench.write(Bench.minimal().replace("dof: 2", "dof: two"));
        assertThat(bench.structured("doctor_summary").at("/actuation/reasons/0").stringValue())
                .startsWith("manifest_invalid: ");
    }

    @Test
    @DisplayName("4.6, 8.9.4: validate warns when the file has lost the name it is served under")
    void renamed() {
        var bench = Bench.of(directory, Bench.minimal());
        bench.write(Bench.named("lead-mouse"));

        assertThat(bench.structured("validate").path("ok").booleanValue()).isTrue();
        assertThat(warnings(bench)).anyMatch(warning -> warning.startsWith("/metadata/robot_name: [renamed] "));
        bench.write(Bench.minimal());
        assertThat(warnings(bench)).noneMatch(warning -> warning.contains("[renamed]"));
    }

    private static Stream<String> warnings(Bench bench) {
        return bench.structured("validate").path("warnings").valueStream().map(JsonNode::stringValue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "render", "doctor_summary"})
    @DisplayName("8.8: a file that is gone or does not parse is an error in plain words, and passes")
    void unreadable(String tool) throws Exception {
        var bench = Bench.of(directory, Bench.minimal());

        bench.delete();
        assertThat(bench.call(tool)).isEqualTo(ToolResult.failed("file no longer readable"));
        bench.write("no manifest");
        assertThat(bench.call(tool).isError()).isTrue();
        assertThat(bench.call(tool).text()).startsWith("no frontmatter found");
        bench.write(Bench.minimal());
        assertThat(bench.call(tool).isError()).isFalse();
    }
}
