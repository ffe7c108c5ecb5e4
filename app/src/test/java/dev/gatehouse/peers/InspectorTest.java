package dev.gatehouse.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The Inspector's command line, which people look at servers with (robot-md.md 8). */
@Timeout(120)
class InspectorTest {
    private static final String SAFETY = "robot-md://bench-arm/safety";

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().withoutArm().start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode inspect(Path configuration, String... method) throws Exception {
        var arguments = new ArrayList<>(
                List.of("--cli", "--config", configuration.toString(), "--server", "robot", "--method"));
        arguments.addAll(List.of(method));
        return Node.json(Node.program(
                directory,
                "@modelcontextprotocol/inspector/clients/launcher/build/index.js",
                arguments.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("8: lists and calls tools, lists and reads resources, lists prompts; its strict check finds nothing")
    void inspects(boolean http) throws Exception {
        var configuration = Servers.configuration(
                directory, http ? Servers.entry(server, Who.READER) : Servers.entry(Servers.EXAMPLE));
        var expected = Seen.byTheLibrary(true);

        assertThat(inspect(configuration, "tools/list", "--strict")
                        .path("tools")
                        .findValuesAsString("name"))
                .containsAll(expected.path("tools").propertyNames());
        assertThat(inspect(configuration, "tools/call", "--tool-name", "validate")
                        .path("structuredContent"))
                .isEqualTo(expected.path("tools").path("validate").path("structured"));
        assertThat(inspect(configuration, "resources/list").path("resources").findValuesAsString("uri"))
                .containsExactlyElementsOf(expected.path("resources").propertyNames());
        assertThat(inspect(configuration, "resources/read", "--uri", SAFETY)
                        .path("contents")
                        .path(0)
                        .path("text"))
                .isEqualTo(expected.path("resources").path(SAFETY).path("text"));
        assertThat(inspect(configuration, "prompts/list").path("prompts").findValuesAsString("name"))
                .containsAll(expected.path("prompts").propertyNames());
    }
}
