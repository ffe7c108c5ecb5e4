package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A caller that is gone while the arm moves, however it went, and what its return brings back: nothing (threats.md section 3). */
class LostCallerTest {
    /** Twice what D11.5 allows with a grace of 1 s: the rest may be the machine. */
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(5);

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .policy("disconnect: {grace_s: 1}\n")
                .scripts(Scripts.CREEP, Scripts.STROLL, Scripts.TAP)
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Caller actuator() {
        return server.as(Who.ACTUATOR);
    }

    private static JsonNode latest() {
        return actuator().get("/v1/tasks?limit=1").json().path("tasks").path(0);
    }

    private static Log log(String id) {
        try (var events = actuator().stream("GET", "/v1/tasks/" + id + "/events", null)) {
            return events.toEnd().assertWhole();
        }
    }

    private static String order(String body, String accept) {
        return "POST /dispatch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Who.ACTUATOR.token()
                + "\r\nAccept: " + accept + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/event-stream", "application/json"})
    @DisplayName(
            "T16.2, T16.6: the last connection of the caller is reset: the stop is issued within the grace and 1.5 s")
    void reset(String accept) {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(order(goal("creep"), accept));
            await("the arm moves").until(() -> server.arm().moving());
            connection.reset();
        }
        var gone = Instant.now();

        await("the arm stands still").until(() -> !server.arm().moving());
        var id = latest().path("id").asString();
        await("the task is over").until(() -> latest().path("terminal").booleanValue());
        var log = log(id);
        assertThat(log.status()).isEqualTo("stopped_disconnect");
        var issued = Instant.parse(log.ofType("safety").getFirst().path("ts").asString());
        assertThat(Duration.between(gone, issued)).isBetween(Duration.ofMillis(900), BUSY_MACHINE);
    }

    @Test
    @DisplayName("T16.3, T16.11: nothing goes on when the caller comes back; the next motion needs a new order")
    void nothingGoesOn() {
        String id;
        try (var events = actuator().dispatch(goal("stroll"))) {
            id = events.taskId();
            await("the arm moves").until(() -> server.arm().moving());
        }
        await("the task is over").until(() -> latest().path("terminal").booleanValue());

        // Its second motion would have come after the first.
        var log = log(id);
        assertThat(log.status()).isEqualTo("stopped_disconnect");
        assertThat(log.ofType("gate_decision"))
                .filteredOn(d -> d.path("behavior").asString().equals("allow"))
                .hasSize(1);
        assertThat(server.arm().moving()).isFalse();
        assertThat(actuator().run(goal("tap")).status()).as("a new order").isEqualTo("completed");
    }
}
