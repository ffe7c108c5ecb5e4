package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.robot.RobotState;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ways a task is made to end: cancel, deadline, a caller that is gone, a stop (dispatcher.md sections 8, 10 to 12). */
class StoppingTest {

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .policy("disconnect: {grace_s: 1}\n")
                .scripts(Scripts.CREEP, Scripts.STROLL, Scripts.TAP, Scripts.PONDER)
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() {
        await().until(() ->
                status().path("open_tasks").intValue() == 0 && !server.arm().moving());
        assertThat(status().path("lease").isNull()).isTrue();
    }

    private static Caller actuator() {
        return server.as(Who.ACTUATOR);
    }

    private static tools.jackson.databind.JsonNode status() {
        return server.as(Who.ADMIN).get("/v1/status").json();
    }

    private static void untilStill() {
        await("the arm stands still").until(() -> !server.arm().moving());
    }

    private static String endOf(String taskId) {
        await().until(() -> task(taskId).path("terminal").booleanValue());
        return task(taskId).path("state").asString();
    }

    private static tools.jackson.databind.JsonNode task(String taskId) {
        return server.as(Who.ADMIN).get("/v1/tasks/" + taskId).json();
    }

    /** The log as it is now; only the caller itself or an admin may see it. */
    private static Log log(String taskId) {
        try (var events = server.as(Who.ADMIN).stream("GET", "/v1/tasks/" + taskId + "/events", null)) {
            return events.toEnd().assertWhole();
        }
    }

    private static boolean latched() {
        return status().path("interlock").path("latched").booleanValue();
    }

    /** Asserts that the arm stands still and holds itself. */
    private static void assertHolding(RobotState arm) {
        assertThat(arm.moving()).isFalse();
        assertThat(arm.joints()).allMatch(joint -> joint.torqueOn() && joint.velocityDps() == 0);
    }

    private static String move(String script, String more) {
        var events = actuator().post("/v1/tasks", goal(script, more), "Prefer", "respond-async");
        assertThat(events.status()).as(events.text()).isEqualTo(202);
        await().until(() -> server.arm().moving());
        return events.json().path("id").asString();
    }

    @Test
    @DisplayName("D12: a cancel while the model thinks ends the task at once")
    void cancelWhileTheModelThinks() {
        try (var events = server.as(Who.READER).dispatch(goal("ponder"))) {
            events.await("session");
            var answer =
                    server.as(Who.READER).post("/v1/tasks/" + events.taskId() + "/cancel", "{\"reason\":\"enough\"}");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("state").asString()).isIn("stopping", "canceled");

            assertThat(events.toEnd().assertWhole().status()).isEqualTo("canceled");
            assertThat(server.as(Who.READER)
                            .post("/v1/tasks/" + events.taskId() + "/cancel", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("D12.2: a cancel during a motion stops the arm, which holds, and latches nothing")
    void cancelDuringAMotion() {
        var id = move("creep", "");
        var stops = server.audit("stop_ack").size();

        assertThat(actuator().post("/v1/tasks/" + id + "/cancel", "").status()).isEqualTo(202);

        assertThat(endOf(id)).isEqualTo("canceled");
        assertHolding(server.arm());
        assertThat(latched()).isFalse();
        assertThat(log(id).ofType("tool_result").getLast().path("outcome").asString())
                .isEqualTo("aborted");
        assertThat(safety(log(id))).containsExactly("stop_issued", "stop_ack");
        assertThat(task(id).path("result").path("stop").path("acked").booleanValue())
                .isTrue();
        await().until(() -> server.audit("stop_ack").size() > stops);
        assertThat(actuator().run(goal("tap")).status()).isEqualTo("completed");
    }

    private static java.util.List<String> safety(Log log) {
        return log.ofType("safety").stream().map(e -> e.path("kind").asString()).toList();
    }

    @Test
    void anAdminMayCancelAnybodysTask() {
        var id = move("creep", "");

        assertThat(server.as(Who.OTHER).post("/v1/tasks/" + id + "/cancel", "").status())
                .isEqualTo(404);
        assertThat(server.as(Who.ADMIN).post("/v1/tasks/" + id + "/cancel", "").status())
                .isEqualTo(202);
        assertThat(endOf(id)).isEqualTo("canceled");
    }

    @Test
    @DisplayName("D10.4: at the deadline a thinking model and a moving arm are both stopped, within five seconds")
    void deadlines() {
        var since = System.nanoTime();
        var thinking = server.as(Who.READER)
                .post("/v1/tasks", goal("ponder", ",\"deadline_s\":5"), "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        var moving = move("creep", ",\"deadline_s\":5");

        assertThat(endOf(thinking)).isEqualTo("deadline");
        assertThat(endOf(moving)).isEqualTo("deadline");
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertHolding(server.arm());
        assertThat(task(moving).path("result").path("duration_ms").longValue()).isBetween(4_900L, 10_500L);
    }

    @Test
    @DisplayName(
            "D11.5, T16.1, T16.5, T16.6, T16.9: a caller gone during a motion stops the arm, torque on, nothing latched")
    void disconnectDuringAMotion() {
        String id;
        try (var events = actuator().dispatch(goal("creep"))) {
            id = events.taskId();
            events.await(e -> e.path("type").asString().equals("gate_decision"));
            await().until(() -> server.arm().moving());
        }
        var gone = System.nanoTime();

        untilStill();
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        assertThat(endOf(id)).isEqualTo("stopped_disconnect");
        assertHolding(server.arm());
        assertThat(latched()).isFalse();
        assertThat(log(id).ofType("stream")).hasSize(1);
        assertThat(server.audit("disconnect"))
                .anyMatch(r -> r.path("task").asString().equals(id));
    }

    @Test
    @DisplayName("T16.9: if the arm does not confirm that stop, the latch is set")
    void unconfirmedDisconnectStop() {
        var id = "";
        server.faults().neverAcknowledge();
        try (var events = actuator().dispatch(goal("creep"))) {
            id = events.taskId();
            await().until(() -> server.arm().moving());
        }
        var task = id;

        await("the latch is set").until(StoppingTest::latched);
        server.faults().heal();
        assertThat(endOf(task)).isIn("stopped_disconnect", "estopped");
        await().until(() ->
                status().path("interlock").path("stop").path("acked").booleanValue());
        server.clear();
    }

    @Test
    @DisplayName("T16.6: a caller that waits for one JSON answer is missed as well")
    void disconnectWhileWaiting() {
        var body = goal("creep");
        try (var connection = RawConnection.to(server.port())) {
            connection.send(
                    "POST /dispatch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Who.ACTUATOR.token()
                            + "\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n" + body);
            await().until(() -> server.arm().moving());
        }

        untilStill();
        var id = actuator()
                .get("/v1/tasks?limit=1")
                .json()
                .path("tasks")
                .path(0)
                .path("id")
                .asString();
        assertThat(endOf(id)).isEqualTo("stopped_disconnect");
    }

    @Test
    @DisplayName("T16.4: whoever comes back within the grace finds the arm moving")
    void comingBack() {
        var events = actuator().dispatch(goal("creep"));
        var id = events.taskId();
        await().until(() -> server.arm().moving());
        events.close();
        await().until(() -> server.as(Who.ADMIN)
                .get("/v1/tasks/" + id + "/events?follow=0")
                .text()
                .contains("\"detached\""));
        try (var again = actuator().stream("GET", "/v1/tasks/" + id + "/events", null)) {
            again.await(e -> e.path("action").asString("").equals("attached"));
            assertThat(server.arm().moving()).isTrue();
            await().until(() -> task(id).path("state").asString("").equals("running"));
        }

        assertThat(endOf(id)).isEqualTo("stopped_disconnect");
    }

    @Test
    @DisplayName("D11.1: a stranger or an admin who watches does not count as the caller")
    void othersDoNotKeepIt() {
        try (var watching = watchAsAdmin(move("creep", ""))) {
            assertThat(watching.status()).isEqualTo(200);
        }
        var id = actuator()
                .get("/v1/tasks?limit=1")
                .json()
                .path("tasks")
                .path(0)
                .path("id")
                .asString();
        await().until(() -> task(id).path("state").asString("").equals("running"));
        actuator().post("/v1/tasks/" + id + "/cancel", "");
        assertThat(endOf(id)).isEqualTo("canceled");
        assertThat(log(id).ofType("stream")).isEmpty();
    }

    private static Events watchAsAdmin(String id) {
        return server.as(Who.ADMIN).stream("GET", "/v1/tasks/" + id + "/events", null);
    }

    @Test
    @DisplayName("T16.3: an async task goes on, even when its caller looked in and left")
    void asyncTasksGoOn() {
        var id = move("stroll", "");
        actuator().stream("GET", "/v1/tasks/" + id + "/events", null).close();

        assertThat(endOf(id)).isEqualTo("completed");
    }

    @Test
    @DisplayName("T16.3: a task that was ordered to continue does")
    void continuing() {
        String id;
        try (var events = actuator().dispatch(goal("stroll", ",\"on_disconnect\":\"continue\""))) {
            id = events.taskId();
            await().until(() -> server.arm().moving());
        }

        assertThat(endOf(id)).isEqualTo("completed");
    }

    @Test
    @DisplayName("T16.8: finish_step lets the running motion end and starts no other")
    void finishingTheStep() {
        String id;
        try (var events = actuator().dispatch(goal("stroll", ",\"on_disconnect\":\"finish_step\""))) {
            id = events.taskId();
            await().until(() -> server.arm().moving());
        }

        assertThat(endOf(id)).isEqualTo("stopped_disconnect");
        var log = log(id);
        assertThat(log.ofType("tool_result").getFirst().path("outcome").asString())
                .isEqualTo("ok");
        assertThat(log.ofType("gate_decision"))
                .filteredOn(d -> d.path("behavior").asString().equals("allow"))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "D8.5, T15.3: a stop ends what may move, running and queued, and nothing comes back after the clearing")
    void stopping() {
        var running = move("creep", "");
        var queued = actuator()
                .post("/v1/tasks", goal("creep"), "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        var looking = server.as(Who.READER)
                .post("/v1/tasks", goal("ponder"), "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
        await().until(() -> task(queued).path("state").asString("").equals("queued"));

        var stop = server.as(Who.BUTTON).post("/v1/estop", "{\"reason\":\"a hand on the table\"}");

        assertThat(stop.status()).isEqualTo(200);
        assertThat(stop.json().path("latched").booleanValue()).isTrue();
        assertThat(stop.json().path("by").asString()).isEqualTo("button");
        assertThat(stop.json().path("stop").path("acked").booleanValue()).isTrue();
        assertThat(endOf(running)).isEqualTo("estopped");
        assertThat(endOf(queued)).isEqualTo("estopped");
        assertThat(log(running).ofType("safety")).hasSize(1);
        await().until(() -> task(looking).path("state").asString("").equals("running"));
        assertHolding(server.arm());
        // The reason is read only as far as it came with the head: a stop waits for no body (D8.1).
        assertThat(status().path("interlock").path("reason").asString()).isIn("a hand on the table", "POST /v1/estop");
        assertThat(actuator().post("/dispatch", goal("tap")).code()).isEqualTo("estop_latched");
        assertThat(server.as(Who.READER)
                        .post("/v1/tasks/" + looking + "/cancel", "")
                        .status())
                .isEqualTo(202);

        server.clear();
        assertThat(server.arm().moving()).isFalse();
        assertThat(task(running).path("state").asString()).isEqualTo("estopped");
        assertThat(actuator().run(goal("tap")).status()).isEqualTo("completed");
    }

    @Test
    @DisplayName("D8.9, T15.2: only the right to clear clears, with the id of this latch and a reason")
    void clearing() {
        var latch =
                server.as(Who.READER).post("/estop", "").json().path("latch_id").asString();
        var good = "{\"latch_id\":\"" + latch + "\",\"reason\":\"looked\"}";
        for (var who : java.util.List.of(Who.ACTUATOR, Who.ADMIN, Who.APPROVER, Who.BUTTON)) {
            assertThat(server.as(who).post("/v1/estop/clear", good).code()).isEqualTo("role_required");
        }
        var clearer = server.as(Who.CLEARER);
        assertThat(clearer.post("/v1/estop/clear", "{\"latch_id\":\"est-x\",\"reason\":\"x\"}")
                        .code())
                .isEqualTo("latch_changed");
        assertThat(clearer.post("/v1/estop/clear", "{\"latch_id\":\"" + latch + "\",\"reason\":\" \"}")
                        .code())
                .isEqualTo("invalid_request");
        assertThat(clearer.post("/v1/estop/clear", "{\"reason\":\"x\"}").code()).isEqualTo("invalid_request");
        assertThat(latched()).isTrue();

        assertThat(clearer.post("/v1/estop/clear", good).status()).isEqualTo(200);
        assertThat(latched()).isFalse();
        assertThat(clearer.post("/v1/estop/clear", good).code()).isEqualTo("not_latched");
    }
}
