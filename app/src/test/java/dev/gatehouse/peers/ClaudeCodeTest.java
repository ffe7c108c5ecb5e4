package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Claude Code as a client: the rehearsal is its model, the manifest server its tool (robot-md.md 8, engines.md E6.4). */
@Timeout(120)
class ClaudeCodeTest {
    private static final String ASKS = """
            rehearsal: 1
            name: asks
            turns:
            - say: I ask the robot.
              call: [{tool: mcp__robot__validate}]
            - say: "It says {{last.text(400)}}"
            """;

    private static final String[] PLACES = {
        "@anthropic-ai/claude-code-linux-x64/claude",
        "@anthropic-ai/claude-code-linux-arm64/claude",
        "@anthropic-ai/claude-code-darwin-arm64/claude"
    };

    @TempDir
    Path directory;

    private void asks(ObjectNode robot) throws Exception {
        var program = Node.installed(PLACES).toString();
        var configuration = Servers.configuration(directory, robot).toString();
        try (var model = RehearsalServer.start(ScriptLibrary.builtIn().with(Script.parse(ASKS)), 0)) {
            var environment = Map.of(
                    "ANTHROPIC_BASE_URL", model.url(),
                    "ANTHROPIC_API_KEY", "sk-ant-none",
                    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                    // Otherwise it shows its model the names of tools and no more.
                    "ENABLE_TOOL_SEARCH", "false");
            var said = Node.json(Node.run(
                    directory,
                    environment,
                    "",
                    program,
                    "--print",
                    "Is the manifest in order?",
                    "--output-format=json",
                    "--tools=",
                    "--strict-mcp-config",
                    "--mcp-config=" + configuration,
                    "--allowedTools=mcp__robot__validate"));

            assertThat(said.path("result").asString())
                    .startsWith("It says ")
                    .contains("bench-arm (arm+camera, 6 DoF, 8 capabilities)");
            assertThat(said.path("permission_denials")).isEmpty();
            assertThat(model.requests()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E6.4: starts gatehouse mcp, calls a tool and carries its answer to the model")
    void overStdio() throws Exception {
        asks(Servers.entry(Servers.EXAMPLE));
    }

    @Test
    @DisplayName("E6.4: the same with a server that runs")
    void overHttp() throws Exception {
        try (var server = TestServer.with().withoutArm().start()) {
            asks(Servers.entry(server, Who.READER));
        }
    }
}
