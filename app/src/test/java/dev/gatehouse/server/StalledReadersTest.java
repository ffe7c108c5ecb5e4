package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients that follow a task and do not read (D4.4, threats.md T12.2). */
class StalledReadersTest {
    /** More than sockets hold. */
    static final String VERBOSE = script(
            "verbose",
            "[{say: begin, pace: {first_ms: 3000}, call: [{tool: status}]}, {say: \""
                    + "blah ".repeat(6400)
                    + "\", call: [{tool: status}], repeat: 60, usage: {input: 10, output: 10}},"
                    + " {say: done}]");

    private static final int READERS = 200;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(VERBOSE).start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** Asks for a log and reads nothing of it. */
    static RawConnection stalled(TestServer host, String task) {
        return RawConnection.narrow(host.port())
                .send("GET /v1/tasks/" + task + "/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer " + Who.READER.token() + "\r\n\r\n");
    }

    private static String state(String task) {
        return server.as(Who.READER)
                .get("/v1/tasks/" + task)
                .json()
                .path("state")
                .asString();
    }

    /** The events in a chunked answer, as far as they came whole. */
    static List<JsonNode> events(String answer) throws MalformedJsonException {
        var body = unchunked(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        var events = new ArrayList<JsonNode>();
        for (var line : body.substring(0, body.lastIndexOf('\n') + 1).lines().toList()) {
            events.add(Json.read(line));
        }
        return events;
    }

    private static String unchunked(String chunks) {
        var out = new StringBuilder();
        for (var at = 0; at < chunks.length(); ) {
            var endOfSize = chunks.indexOf("\r\n", at);
            if (endOfSize < 0) {
                break;
            }
            var from = endOfSize + 2;
            var to = from + Integer.parseInt(chunks.substring(at, endOfSize), 16);
            out.append(chunks, from, Math.min(to, chunks.length()));
            at = to + 2;
        }
        return out.toString();
    }

    @Test
    @DisplayName(
            "T12.2, D4.4: 200 readers that stand still delay nothing; what they are told later has a mark for each gap")
    void twoHundred() throws Exception {
        var task = server.as(Who.READER)
                .post(
                        "/v1/tasks",
                        goal("verbose", ",\"max_turns\":100,\"max_budget_usd\":50"),
                        "Prefer",
                        "respond-async")
                .json()
                .path("id")
                .asString();
        var readers = new ArrayList<RawConnection>();
        for (var i = 0; i < READERS; i++) {
            readers.add(stalled(server, task));
        }

        await().atMost(Duration.ofSeconds(50)).until(() -> state(task).equals("completed"));

        var gaps = 0;
        for (var reader : readers) {
            var seen = events(reader.readToEnd(Duration.ofSeconds(20)));
            reader.close();
            if (seen.isEmpty() || !seen.getLast().path("type").asString().equals("result")) {
                // It stood still for 30 s on a slow machine, and was let go.
                continue;
            }
            gaps += assertAccountedFor(seen);
        }
        assertThat(gaps).as("readers that missed something and were told so").isPositive();
        try (var events = server.as(Who.READER).stream("GET", "/v1/tasks/" + task + "/events", null)) {
            assertThat(events.toEnd().assertWhole().status())
                    .as("the log itself is whole, for whoever reads it again")
                    .isEqualTo("completed");
        }
    }

    /** Every number was sent or lies in a gap that was announced; returns the number of gaps. */
    private static int assertAccountedFor(List<JsonNode> seen) {
        var next = 1L;
        var gaps = 0;
        for (var event : seen) {
            if (event.path("type").asString().equals("gap")) {
                assertThat(event.path("from_seq").longValue()).isEqualTo(next);
                assertThat(event.path("after").longValue()).isEqualTo(next - 1);
                next = event.path("to_seq").longValue() + 1;
                gaps++;
            } else if (event.has("seq")) {
                assertThat(event.path("seq").longValue()).isEqualTo(next);
                next++;
            }
        }
        return gaps;
    }
}
