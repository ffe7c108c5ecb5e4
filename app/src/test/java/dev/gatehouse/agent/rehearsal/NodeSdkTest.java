package dev.gatehouse.agent.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.peers.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** E6.4: an SDK of another language works with the endpoint. */
@Timeout(180)
class NodeSdkTest {
    private static final ScriptLibrary LIBRARY = ScriptLibrary.builtIn()
            .with(
                    fault("overloaded", "{sse_error: overloaded_error, after_events: 4}"),
                    fault("broken", "{http: 529}"),
                    fault("cut", "{cut_after: 5}"),
                    fault("unstopped", "{no_stop: true}"),
                    fault("unknown", "{unknown_event: true}"),
                    Scripts.turns(
                            "{think: I see, say: I look at the table and tell you what is there.,"
                                    + " call: [{tool: render, args: {size: [640, 480]}}],"
                                    + " usage: {input: 100, output: 7, cache_read: 20}}",
                            "say: \"Done: {{last.text(200)}}\""));

    private static Script fault(String goal, String fault) {
        return Scripts.parse(
                "rehearsal: 1\nname: " + goal + "\nmatch: " + goal + "\nturns: [{say: x, fault: " + fault + "}]");
    }

    @Test
    void theTypeScriptSdkUnderstandsEveryKindOfAnswer() throws Exception {
        try (var server = RehearsalServer.start(LIBRARY, 0)) {
            var seen = Node.script("messages.mjs", Json.object().put("url", server.url()));
            var first = seen.path("first");
            assertThat(Json.line(first.path("content").get(0)))
                    .isEqualTo("{\"type\":\"thinking\",\"thinking\":\"I see\",\"signature\":\""
                            + Block.Thinking.SIGNATURE + "\"}");
            assertThat(first.path("content").get(1).path("text").stringValue())
                    .isEqualTo("[rehearsal] I look at the table and tell you what is there.");
            assertThat(Json.line(first.path("content").get(2).path("input"))).isEqualTo("{\"size\":[640,480]}");
            assertThat(first.path("stop_reason").stringValue()).isEqualTo("tool_use");
            assertThat(first.path("usage").path("output_tokens").intValue()).isEqualTo(7);
            assertThat(first.path("usage").path("cache_read_input_tokens").intValue())
                    .isEqualTo(20);
            assertThat(seen.path("second").path("content").get(0).path("text").stringValue())
                    .isEqualTo("Done: a red cube");
            assertThat(seen.path("whole").path("content").get(1))
                    .isEqualTo(first.path("content").get(1));
            assertThat(Json.line(seen.path("count"))).isEqualTo("{\"input_tokens\":120}");
            assertThat(Json.line(seen.path("broken")))
                    .isEqualTo("{\"name\":\"OverloadedError\",\"status\":529,\"type\":\"overloaded_error\"}");
            assertThat(seen.path("overloaded").path("type").stringValue()).isEqualTo("overloaded_error");
            assertThat(seen.path("cut").path("name").stringValue()).isNotEqualTo("none");
            assertThat(seen.path("unstopped").path("name").stringValue()).isNotEqualTo("none");
            assertThat(seen.path("unknown").path("name").stringValue()).isEqualTo("none");
        }
    }
}
