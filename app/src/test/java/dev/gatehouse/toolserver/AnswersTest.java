package dev.gatehouse.toolserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.robot.Progress;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tool server answers, as a result of ours (engines.md E2.14, E2.16). */
@Timeout(60)
class AnswersTest {
    @TempDir
    private Path directory;

    private ToolResult result(String word) throws Exception {
        Files.writeString(directory.resolve("ROBOT.md"), "---\n---\n");
        try (var server = ToolServer.start(new StandInHome(directory).plan(), Ticker.system())) {
            return switch (server.look("render", Json.object().put("do", word), Progress.none())) {
                case Reply.Result(var result) -> Answers.of(result);
                case Reply.Fault fault -> Answers.of(fault);
                case Reply.Lost lost -> throw new AssertionError(lost);
                case Reply.Withheld withheld -> throw new AssertionError(withheld);
                case Reply.Cut cut -> throw new AssertionError(cut);
            };
        }
    }

    @Test
    @DisplayName("E2.14: structured content without text is JSON text")
    void structured() throws Exception {
        var result = result("structured");
        assertThat(result.text()).isEqualTo("{\"height\":7}");
        assertThat(result.structured().orElseThrow().path("height").asInt()).isEqualTo(7);
    }

    @Test
    @DisplayName("E2.14: sound, links, blobs and unknown kinds are a line each")
    void kinds() throws Exception {
        assertThat(result("kinds").text().lines())
                .containsExactly(
                        "first",
                        "[audio: audio/wav, 3 bytes]",
                        "[link to a resource: log file:///tmp/log]",
                        "[content of an unknown kind: hologram]",
                        "[resource x://1: application/pdf, 3 bytes]");
    }

    @Test
    @DisplayName("E2.14: isError is an error")
    void failed() throws Exception {
        var result = result("fail");
        assertThat(result.isError()).isTrue();
        assertThat(result.outcome()).isEqualTo(ToolResult.Outcome.ERROR);
        assertThat(result.text()).isEqualTo("cannot");
    }

    @Test
    @DisplayName("E2.16: an error of JSON-RPC is our text, the code and at most 512 characters of the server's")
    void fault() throws Exception {
        var result = result("fault");
        assertThat(result.isError()).isTrue();
        var message =
                result.structured().orElseThrow().path("error").path("message").asString("");
        var ours = "the tool server answered with error -32000: ";
        assertThat(message).startsWith(ours + "no\\u001b[2J mmm");
        assertThat(message.length()).isLessThanOrEqualTo(ours.length() + 512);
    }
}
