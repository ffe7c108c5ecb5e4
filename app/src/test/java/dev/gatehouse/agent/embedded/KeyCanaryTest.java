package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Everything a run can leave behind, at every log level of every logging system in the process, with a failure in every layer. */
@NullMarked
@Isolated("changes log levels and the standard streams")
@DisplayName("The caller's key is nowhere but on the wire (E1.6, T8.1)")
class KeyCanaryTest {
    private static final String CANARY = "CANARY";

    @Test
    void neitherLogsNorEventsNorOutcomesNorTheStandardStreamsHoldTheKeyOrABody() throws Exception {
        var seen = new ArrayList<String>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        var records = new Records();
        var julRoot = LogManager.getLogManager().getLogger("");
        var julLevel = julRoot.getLevel();
        julRoot.addHandler(records);
        julRoot.setLevel(java.util.logging.Level.ALL);
        var bytes = new ByteArrayOutputStream();
        var streams = List.of(System.out, System.err);
        try (var capture = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            seen.addAll(everyFailure());
        } finally {
            System.setOut(streams.get(0));
            System.setErr(streams.get(1));
            root.detachAppender(appender);
            root.setLevel(level);
            julRoot.removeHandler(records);
            julRoot.setLevel(julLevel);
        }
        for (var event : List.copyOf(appender.list)) {
            seen.add(event.getFormattedMessage() + " " + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        seen.addAll(records.texts());
        seen.add(bytes.toString(StandardCharsets.UTF_8));

        assertThat(records.texts())
                .as("the HTTP client's own log was listened to")
                .isNotEmpty();
        assertThat(seen).noneMatch(text -> text.contains(CANARY));
    }

    private static List<String> everyFailure() throws IOException, InterruptedException {
        var texts = new ArrayList<String>();
        try (var endpoint = new ScriptedEndpoint();
                var fixture = new EngineFixture(endpoint.url())) {
            for (var status : new int[] {400, 401, 403, 404, 413, 422, 301}) {
                endpoint.thenStatus(status);
                texts.add(String.valueOf(fixture.run()));
            }
            endpoint.thenStatus(529).thenStatus(500).thenStatus(429);
            texts.add(String.valueOf(fixture.run()));
            endpoint.thenStream(
                            Sse.start(),
                            Sse.event(
                                    "error",
                                    "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"%s\"}}"
                                            .formatted(EngineFixture.KEY)))
                    .then(exchange -> {})
                    .thenStream("event: message_start\ndata: " + EngineFixture.KEY + "\n\n");
            texts.add(String.valueOf(fixture.run()));
            endpoint.thenStream(Sse.done("fine"));
            texts.add(String.valueOf(fixture.run()));
            texts.add(fixture.sink.toString());
            texts.add(fixture.session(fixture.tools).toString());
            assertThat(endpoint.requests()).allSatisfy(r -> {
                assertThat(r.authorization()).contains(CANARY);
                assertThat(r.body().toString()).doesNotContain(CANARY);
            });
        }
        return texts;
    }

    private static final class Records extends Handler {
        private final List<String> texts = new ArrayList<>();

        synchronized List<String> texts() {
            return List.copyOf(texts);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            texts.add(entry.getMessage() + " " + Arrays.deepToString(entry.getParameters()) + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
