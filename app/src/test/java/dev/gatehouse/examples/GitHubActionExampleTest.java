package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the step of the workflow as a runner does. */
class GitHubActionExampleTest {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *([a-z]+\\.[A-Za-z_]+) *\\}\\}");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void programs() {
        Program.needed("bash", "curl", "jq");
    }

    private static JsonNode workflow() {
        return Example.yaml(new Example("github-action").text("robot.yml"), Map.of());
    }

    private Program step(Map<String, String> values) throws Exception {
        var step = workflow().path("jobs").path("look").path("steps").path(0);
        var environment = new HashMap<>(Map.of(
                "GITHUB_STEP_SUMMARY", summary().toString(),
                "GITHUB_RUN_ID", "4711",
                "GITHUB_RUN_ATTEMPT", "1"));
        step.path("env").properties().forEach(entry -> {
            var expression = EXPRESSION.matcher(entry.getValue().asString());
            assertThat(expression.matches()).as(entry.getKey()).isTrue();
            environment.put(entry.getKey(), values.getOrDefault(expression.group(1), ""));
        });
        assertThat(EXPRESSION.matcher(step.path("run").asString()).find())
                .as("an expression in a script is a way into it")
                .isFalse();
        var script =
                Files.writeString(directory.resolve("step.sh"), step.path("run").asString());
        return Program.run(
                directory, environment, "bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString());
    }

    private Path summary() {
        return directory.resolve("summary.md");
    }

    private static Map<String, String> values(TestServer server, Who who, String goal) {
        return Map.of("vars.GATEHOUSE_URL", server.url(), "secrets.GATEHOUSE_TOKEN", who.token(), "inputs.goal", goal);
    }

    @Test
    @DisplayName("the answer stands in the summary of the run; the words of the goal are never a part of the script")
    void looks() throws Exception {
        try (var server = TestServer.start()) {
            var goal = "describe the arm\"; $(touch harm) `touch harm`";

            var run = step(values(server, Who.ACTUATOR, goal));

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(Files.readString(summary())).startsWith("    I have read the manifest");
            assertThat(directory.resolve("harm")).doesNotExist();
            var task = Example.newest(server, Who.ACTUATOR);
            assertThat(task.path("goal").asString()).isEqualTo(goal);
            assertThat(task.path("effect").asString()).isEqualTo("observe");
            assertThat(run.out() + run.err() + Files.readString(summary())).doesNotContain(Who.ACTUATOR.token());
        }
    }

    @Test
    @DisplayName("a refusal fails the run, and the summary says why")
    void refused() throws Exception {
        try (var server = TestServer.start()) {
            var run = step(values(server, Who.BUTTON, "describe the arm"));

            assertThat(run.exit()).isNotZero();
            assertThat(Files.readString(summary())).startsWith("    ").isNotBlank();
        }
    }

    @Test
    @DisplayName("it can be started by hand only, and has no rights in the repository")
    void harmless() {
        assertThat(workflow().path("on").propertyNames()).containsExactly("workflow_dispatch");
        assertThat(workflow().path("permissions").isEmpty()).isTrue();
    }
}
