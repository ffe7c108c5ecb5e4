package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.Scripts;
import dev.gatehouse.server.TestServer;
import dev.gatehouse.server.Who;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The promise of a caller that follows its task (D11.6), towards a real server with a grace of one second. */
class RenewalsTest {
    private static final String PENSIVE = Scripts.script("pensive", "[{say: thought, pace: {first_ms: 6000}}]");

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .policy("disconnect: {grace_s: 1}\n")
                .scripts(PENSIVE)
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static final class Heard implements Following.Listener {
        private final List<JsonNode> events = new CopyOnWriteArrayList<>();

        @Override
        public void event(JsonNode event) {
            events.add(event);
        }

        @Override
        public void said(String message) {}
    }

    private static JsonNode ended(Optional<Duration> promise, Heard heard) throws InterruptedException {
        var connection = ServerConnection.to(server.url(), Secret.of(Who.READER.token()));
        var order = Call.post("/dispatch", Json.object().put("goal", "pensive").put("deadman_s", 2));
        var outcome = new Following(connection, heard, Patience.standard()).dispatch(order, Optional.empty(), promise);
        return ((Outcome.Ended) outcome).result();
    }

    @Test
    @DisplayName("D11.6: whoever follows keeps its promise, longer than it would have lasted by itself")
    void kept() throws Exception {
        var heard = new Heard();

        assertThat(ended(Optional.of(Duration.ofSeconds(2)), heard)
                        .path("status")
                        .asString())
                .isEqualTo("completed");
        assertThat(heard.events)
                .noneMatch(event -> event.path("type").asString().equals("stream"));
    }

    @Test
    @DisplayName("D11.6: a promise that nobody keeps ends the task, although its stream is open")
    void broken() throws Exception {
        assertThat(ended(Optional.empty(), new Heard()).path("status").asString())
                .isEqualTo("stopped_disconnect");
    }
}
