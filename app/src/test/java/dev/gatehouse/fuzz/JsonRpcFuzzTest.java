package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.gate.CallerLimits;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.ReadingGate;
import dev.gatehouse.gate.Surface;
import dev.gatehouse.gate.Tier;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.mcp.McpService;
import dev.gatehouse.mcp.StdioServer;
import dev.gatehouse.mcp.model.ServerInfo;
import dev.gatehouse.robotmd.ManifestTools;
import dev.gatehouse.robotmd.Mode;
import dev.gatehouse.robotmd.RobotName;
import dev.gatehouse.robotmd.RobotOffer;
import dev.gatehouse.robotmd.Served;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Toolbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** robot-md.md 8.8: whatever a client sends, the server says nothing but protocol, breaks nowhere, and ends when the client does. */
class JsonRpcFuzzTest {
    private static final Principal LOCAL =
            new Principal("crd-local", "local", Tier.READ, Set.of(), CallerLimits.NONE, Surface.MCP_STDIO);
    private static final List<Throwable> FAULTS = Collections.synchronizedList(new ArrayList<>());
    private static final McpService SERVICE = service();

    private static McpService service() {
        var file = new ManifestFile(Path.of("..", "examples", "sim-arm", "ROBOT.md"), Ticker.system());
        var served = new Served(file, new RobotName("bench-arm"), new Mode.ManifestOnly());
        var tools = new Toolbox(new ManifestTools(served).tools());
        return new McpService(
                ServerInfo.gatehouse(),
                new ReadingGate(tools),
                new RobotOffer(served, tools.tools()),
                Optional.empty(),
                new Ids(),
                (id, cause) -> FAULTS.add(cause));
    }

    static Stream<byte[]> seeds() {
        var meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},\"progressToken\":1}";
        return Stream.of(
                        request("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}")
                                + request("resources/subscribe", "\"uri\":\"robot-md://bench-arm/safety\"")
                                + request("resources/read", "\"uri\":\"robot-md://bench%2Darm/context\""),
                        request("initialize", "\"protocolVersion\":\"2025-03-26\"") + "["
                                + request("ping", "").strip() + ",7]\n",
                        request("server/discover", meta) + request("tools/list", meta),
                        request("tools/call", "\"name\":\"doctor_summary\",\"arguments\":null," + meta),
                        request(
                                "prompts/get",
                                "\"name\":\"check-safety\",\"arguments\":{\"action\":\"x\\u0000\"}," + meta),
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n",
                        "{\"jsonrpc\":\"2.0\",\"id\":1e400,\"method\":\"ping\"}\n\n\r\n{",
                        "\"\\ud800\"\n[[[[")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String request(String method, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + members + "}}\n";
    }

    @MethodSource("seeds")
    @FuzzTest
    void answers(byte[] bytes) throws MalformedJsonException {
        var out = new ByteArrayOutputStream();
        new StdioServer(SERVICE, LOCAL, new ByteArrayInputStream(bytes), out, Ticker.system()).run();

        for (var line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            var messages = Json.read(line);
            assertThat(messages.isArray() ? messages.valueStream().toList() : List.of(messages))
                    .allMatch(JsonRpcFuzzTest::isProtocol);
        }
        assertThat(FAULTS).isEmpty();
    }

    private static boolean isProtocol(JsonNode message) {
        return message.path("jsonrpc").asString("").equals("2.0")
                && (message.has("method") || message.has("result") != message.has("error"));
    }
}
