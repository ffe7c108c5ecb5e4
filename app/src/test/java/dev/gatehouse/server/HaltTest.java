package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.robot.RobotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is known afterwards of a robot that was stopped for a task: in its log, its result, and in time (sections 11 and 12). */
class HaltTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .policy("disconnect: {grace_s: 1}\n")
                .scripts(Scripts.CREEP, Scripts.TAP, Scripts.PONDER)
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Caller actuator() {
        return server.as(Who.ACTUATOR);
    }

    private static JsonNode status() {
        return server.as(Who.ADMIN).get("/v1/status").json();
    }

    private static boolean latched() {
        return status().path("interlock").path("latched").booleanValue();
    }

    private static JsonNode task(String id) {
        return server.as(Who.ADMIN).get("/v1/tasks/" + id).json();
    }

    private static String endOf(String id) {
        await().until(() -> task(id).path("terminal").booleanValue());
        return task(id).path("state").asString();
    }

    private static Log log(String id) {
        try (var events = server.as(Who.ADMIN).stream("GET", "/v1/tasks/" + id + "/events", null)) {
            return events.toEnd().assertWhole();
        }
    }

    private static String move() {
        var answer = actuator().post("/v1/tasks", goal("creep"), "Prefer", "respond-async");
        await().until(() -> server.arm().moving());
        return answer.json().path("id").asString();
    }

    private static void assertHolding(RobotState arm) {
        assertThat(arm.moving()).isFalse();
        assertThat(arm.joints()).allMatch(joint -> joint.torqueOn());
    }

    private static List<String> safety(Log log) {
        return log.ofType("safety").stream().map(e -> e.path("kind").asString()).toList();
    }

    @Test
    @DisplayName(
            "D12.3: canceled is written only after the stop was acknowledged or escalated, and the result says which")
    void cancelWithoutAnAcknowledgement() {
        var id = move();
        server.faults().neverAcknowledge();

        assertThat(actuator().post("/v1/tasks/" + id + "/cancel", "").status()).isEqualTo(202);

        assertThat(endOf(id)).isIn("canceled", "estopped");
        assertThat(safety(log(id))).contains("stop_issued", "stop_unacked");
        assertThat(task(id).path("result").path("stop").path("acked").booleanValue(true))
                .isFalse();
        assertThat(latched()).isTrue();
        server.faults().heal();
        await().until(() ->
                status().path("interlock").path("stop").path("acked").booleanValue());
        server.clear();
    }

    @Test
    @DisplayName("D12.1: the reason of a cancel is in the log")
    void cancelReason() {
        var id = server.as(Who.READER)
                .post("/v1/tasks", goal("ponder"), "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        server.as(Who.READER).post("/v1/tasks/" + id + "/cancel", "{\"reason\":\"wrong table\"}");

        assertThat(endOf(id)).isEqualTo("canceled");
        // Like that of a stop, it is read only as far as it came with the head.
        assertThat(log(id).ofType("state").getLast().path("reason").asString())
                .isIn("wrong table", "canceled by reader");
    }

    @Test
    @DisplayName(
            "T16.6, T16.5, T16.9, T16.11: a caller gone while the model thinks: the arm is stopped all the same, once and for all")
    void disconnectWhileTheModelThinks() {
        String id;
        try (var events = actuator().dispatch(goal("ponder"))) {
            id = events.taskId();
            events.await("session");
        }
        var gone = Instant.now();

        assertThat(endOf(id)).isEqualTo("stopped_disconnect");
        var log = log(id);
        assertThat(safety(log)).containsExactly("stop_issued", "stop_ack");
        var issued = Instant.parse(log.ofType("safety").getFirst().path("ts").asString());
        assertThat(Duration.between(gone, issued)).as("twice what D11.5 allows").isLessThan(Duration.ofSeconds(5));
        assertThat(log.types()).endsWith("safety", "safety", "lease", "result");
        assertThat(latched()).isFalse();
        assertHolding(server.arm());
        try (var again = actuator().stream("GET", "/v1/tasks/" + id + "/events", null)) {
            assertThat(again.toEnd().status()).isEqualTo("stopped_disconnect");
        }
        assertThat(server.arm().moving()).isFalse();
        assertThat(actuator().run(goal("tap")).status()).as("a new order").isEqualTo("completed");
    }

    @Test
    @DisplayName("D4.8, T16.2: whoever follows a task that may move hears something every second")
    void heartbeats() {
        try (var events = actuator().dispatch(goal("creep"))) {
            events.await("heartbeat");
            var since = System.nanoTime();
            events.await("heartbeat");
            events.await("heartbeat");
            events.await("heartbeat");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(6));
            actuator().post("/v1/tasks/" + events.taskId() + "/cancel", "");
            assertThat(events.toEnd().status()).isEqualTo("canceled");
        }
    }
}
