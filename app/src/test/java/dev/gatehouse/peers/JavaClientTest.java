package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.json.Json;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The official Java client, in every revision it speaks (robot-md.md 8). */
@Timeout(120)
class JavaClientTest {
    /** It tells at length of every server it starts. */
    @BeforeAll
    static void quiet() {
        ((Logger) LoggerFactory.getLogger("io.modelcontextprotocol")).setLevel(Level.WARN);
    }

    private static McpClientTransport started(Path manifest, String revision) {
        var words = Servers.command(manifest);
        var parameters = ServerParameters.builder(words.getFirst())
                .args(words.subList(1, words.size()))
                .build();
        return new StdioClientTransport(parameters, McpJsonDefaults.getMapper()) {
            @Override
            public List<String> protocolVersions() {
                return List.of(revision);
            }
        };
    }

    private static McpClientTransport running(TestServer server, Who who, String revision) {
        return HttpClientStreamableHttpTransport.builder(server.url())
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + who.token()))
                .supportedProtocolVersions(List.of(revision))
                .build();
    }

    private static ObjectNode everything(McpSyncClient client) {
        var seen = Json.object().put("instructions", client.getServerInstructions());
        seen.put("server", client.getServerInfo().name());
        for (var tool : client.listTools().tools()) {
            Map<String, Object> arguments =
                    tool.name().equals("execute_capability") ? Map.of("capability", "arm.pick") : Map.of();
            var result = client.callTool(McpSchema.CallToolRequest.builder(tool.name())
                    .arguments(arguments)
                    .build());
            var text = (McpSchema.TextContent) result.content().getFirst();
            var entry = seen.withObject("tools").putObject(tool.name());
            entry.put("description", tool.description()).put("text", text.text());
            entry.set("inputSchema", Json.tree(tool.inputSchema()));
            entry.set("structured", Json.tree(result.structuredContent()));
        }
        for (var resource : client.listResources().resources()) {
            var content = client.readResource(resource).contents().getFirst();
            seen.withObject("resources")
                    .putObject(resource.uri())
                    .put("name", resource.name())
                    .put("description", resource.description())
                    .put("mimeType", resource.mimeType())
                    .put("text", ((McpSchema.TextResourceContents) content).text());
        }
        for (var prompt : client.listPrompts().prompts()) {
            Map<String, Object> blanks = prompt.arguments().stream()
                    .collect(Collectors.toMap(McpSchema.PromptArgument::name, blank -> Seen.BLANK));
            var message = client.getPrompt(McpSchema.GetPromptRequest.builder(prompt.name())
                            .arguments(blanks)
                            .build())
                    .messages()
                    .getFirst();
            seen.withObject("prompts")
                    .putObject(prompt.name())
                    .put("description", prompt.description())
                    .put("text", ((McpSchema.TextContent) message.content()).text());
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05,false", "2025-03-26,false", "2025-06-18,true", "2025-11-25,true"})
    @DisplayName("8: lists, reads, calls and fills in everything, and sees what the library says")
    void everything(String revision, boolean structured) throws Exception {
        try (var client = McpClient.sync(started(Servers.EXAMPLE, revision)).build()) {
            assertThat(client.initialize().protocolVersion()).isEqualTo(revision);
            Seen.assertTheSame(everything(client), structured, false);
        }
        try (var server = TestServer.with().withoutArm().start();
                var client =
                        McpClient.sync(running(server, Who.READER, revision)).build()) {
            assertThat(client.initialize().protocolVersion()).isEqualTo(revision);
            Seen.assertTheSame(everything(client), structured, true);
        }
    }

    @Test
    @DisplayName("8.9: hears that a resource changed")
    void hears(@TempDir Path directory) throws Exception {
        var manifest = Files.copy(Servers.EXAMPLE, directory.resolve("ROBOT.md"));
        var uri = "robot-md://bench-arm/body";
        var heard = new LinkedBlockingQueue<List<McpSchema.ResourceContents>>();
        try (var client = McpClient.sync(started(manifest, "2025-11-25"))
                .resourcesUpdateConsumer(heard::add)
                .build()) {
            client.initialize();
            client.subscribeResource(McpSchema.SubscribeRequest.builder(uri).build());
            Files.writeString(manifest, "\nOne more line.\n", StandardOpenOption.APPEND);

            // This client reads again what it hears of.
            assertThat(heard.poll(20, TimeUnit.SECONDS))
                    .singleElement(InstanceOfAssertFactories.type(McpSchema.TextResourceContents.class))
                    .satisfies(content -> assertThat(content.text()).endsWith("One more line.\n"));
        }
    }

    @Test
    @DisplayName("hears over HTTP how far a motion is")
    void motion() {
        var heard = new LinkedBlockingQueue<Double>();
        try (var server = TestServer.start();
                var client = McpClient.sync(running(server, Who.ACTUATOR, "2025-11-25"))
                        .progressConsumer(progress -> heard.add(progress.progress()))
                        .build()) {
            client.initialize();
            var result = client.callTool(new McpSchema.CallToolRequest(
                    "execute_capability",
                    Map.of("capability", "arm.reach", "args", Map.of("x", 200, "y", 100, "z", 120, "speed_dps", 60)),
                    Map.of("progressToken", "p1")));

            assertThat(Json.tree(result.structuredContent()).path("status").asString())
                    .isEqualTo("ok");
            assertThat(heard).isNotEmpty();
        }
    }
}
