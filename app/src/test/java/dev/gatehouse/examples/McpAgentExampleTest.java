package dev.gatehouse.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.peers.Node;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpAgentExampleTest {
    private static final Example AGENT = new Example("mcp-agent");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @CsvSource({"READER,'refused, tier_required'", "ACTUATOR,done"})
    @DisplayName("the agent sees the tools and the cube; what it may not do is refused in words it can read")
    void agent(Who who, String moving) throws Exception {
        var modules = Node.modules();
        Files.copy(AGENT.file("agent.mjs"), directory.resolve("agent.mjs"));
        Files.copy(AGENT.file("package.json"), directory.resolve("package.json"));
        Files.createSymbolicLink(directory.resolve("node_modules"), modules);
        var token = Example.secret(directory.resolve("agent.token"), who.token());
        try (var server = TestServer.start()) {
            var said = Node.file(
                    directory,
                    Map.of("GATEHOUSE_URL", server.url(), "GATEHOUSE_TOKEN_FILE", token.toString()),
                    "agent.mjs");

            assertThat(said.lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("tools: ").contains("vision_find", "render"),
                            line -> assertThat(line).isEqualTo("red cube: ok"),
                            line -> assertThat(line).isEqualTo("moving: " + moving));
        }
    }

    @Test
    @DisplayName("the example names the version of the SDK that it was tested with")
    void version() throws Exception {
        var theirs = Json.read(AGENT.text("package.json")).path("dependencies");
        var tested = Json.read(Files.readString(Path.of("..", "peers", "package.json")))
                .path("dependencies");

        theirs.properties()
                .forEach(dependency -> assertThat(dependency.getValue()).isEqualTo(tested.path(dependency.getKey())));
    }
}
