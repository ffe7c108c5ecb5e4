package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("D16.7, T20.1: the log, one record a line")
class LogLineTest {
    private static final String HOSTILE = "caller \u001b[2J said\n2026-01-01T00:00:00.000Z INFO gate all is well";

    /** Runs in a process of its own, whose log nobody else writes to. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            Logging.configure(LogLevel.INFO, args.length > 0);
            var log = LoggerFactory.getLogger("dev.gatehouse.web.Front");
            log.info("plain");
            log.warn(HOSTILE);
            log.error("failed", new IllegalStateException("first\nsecond"));
            log.debug("not shown");
        }
    }

    private static List<String> lines(String... args) throws Exception {
        var words = new ArrayList<>(CliProcess.words(List.of(), List.of(args)));
        words.set(words.indexOf(Main.class.getName()), Writer.class.getName());
        var process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said.lines().toList();
    }

    @Test
    @DisplayName("<time> <LEVEL> <logger> <message>")
    void text() throws Exception {
        var lines = lines();

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO \\S+\\.Front plain");
        assertThat(lines.get(1)).contains(" WARN ", "caller [2J said | 2026").doesNotContain("\u001b");
        assertThat(lines.get(2)).contains(" ERROR ", "failed", "IllegalStateException", "first | second");
    }

    @Test
    @DisplayName("--log-json: the same records as JSON")
    void json() throws Exception {
        var lines = lines("json");

        assertThat(lines).hasSize(3);
        assertThat(Json.read(lines.getFirst()).path("level").asString()).isEqualTo("INFO");
        assertThat(Json.read(lines.getFirst()).path("timestamp").longValue()).isPositive();
        assertThat(Json.read(lines.get(1)).path("formattedMessage").asString()).isEqualTo(HOSTILE);
        assertThat(Json.read(lines.get(2)).at("/throwable/message").asString()).isEqualTo("first\nsecond");
        assertThat(lines.get(1)).doesNotContain("\u001b");
    }
}
