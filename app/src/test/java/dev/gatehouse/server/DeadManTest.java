package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The dead-man lease over real sockets (D11.6, threats.md T16.7), with a grace of one second. */
class DeadManTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .policy("disconnect: {grace_s: 1, require_deadman: true}\n")
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

    private static JsonNode task(String id) {
        return server.as(Who.ADMIN).get("/v1/tasks/" + id).json();
    }

    private static Answer renew(Who who, String id) {
        return server.as(who).post("/v1/tasks/" + id + "/lease", "");
    }

    private static String async(Who who, String body) {
        return server.as(who)
                .post("/v1/tasks", body, "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();
    }

    @Test
    @DisplayName(
            "T16.7: a proxy keeps the connection of a caller that is gone; the arm stops N + G + 0.5 s after the last renewal")
    void behindAProxy() throws Exception {
        try (var proxy = HalfOpenProxy.to(server.port());
                var events = Caller.known(proxy.url(), Who.ACTUATOR.token())
                        .dispatch(goal("creep", ",\"deadman_s\":2"), "X-Forwarded-For", "192.0.2.7")) {
            var id = events.taskId();
            await().until(() -> server.arm().moving());
            // Longer than N + G, renewed in time.
            var renewals = 0;
            for (var since = System.nanoTime();
                    System.nanoTime() - since < Duration.ofSeconds(4).toNanos(); ) {
                assertThat(renew(Who.ACTUATOR, id).status()).isEqualTo(200);
                renewals++;
                events.await("heartbeat");
            }
            assertThat(renewals).isGreaterThan(2);
            assertThat(server.arm().moving()).isTrue();
            assertThat(renew(Who.ACTUATOR, id).status()).isEqualTo(200);
            var last = System.nanoTime();
            proxy.loseTheCaller();

            await("the arm stands still").until(() -> !server.arm().moving());
            assertThat(Duration.ofNanos(System.nanoTime() - last))
                    .isBetween(Duration.ofMillis(2_900), Duration.ofMillis(7_000));
            await().until(() -> task(id).path("terminal").booleanValue());
            assertThat(task(id).path("state").asString()).isEqualTo("stopped_disconnect");
            assertThat(proxy.serverStillConnected()).isTrue();
            assertThat(server.arm().joints()).allMatch(joint -> joint.torqueOn());
        }
    }

    @Test
    @DisplayName(
            "D11.6: an async task whose caller falls silent stops as well; the answer to a renewal says when it is over")
    void asyncTasks() {
        var id = async(Who.READER, goal("ponder", ",\"deadman_s\":2"));
        var renewed = renew(Who.READER, id).json();
        assertThat(renewed.path("terminal").booleanValue()).isFalse();
        assertThat(renewed.path("renew_within_s").intValue()).isEqualTo(2);

        await().until(() -> task(id).path("terminal").booleanValue());
        assertThat(task(id).path("state").asString()).isEqualTo("stopped_disconnect");
        var late = renew(Who.READER, id);
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.json().path("terminal").booleanValue()).isTrue();
    }

    @Test
    @DisplayName("D11.6, T7.2: only the owner renews; to another caller the task does not exist")
    void strangers() {
        var id = async(Who.READER, goal("ponder", ",\"deadman_s\":60"));

        var foreign = renew(Who.OTHER, id);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(renew(Who.ADMIN, id).code()).isEqualTo("role_required");
        server.as(Who.READER).post("/v1/tasks/" + id + "/cancel", "");
    }

    @Test
    @DisplayName("D11.6: a task without that promise has nothing to renew, and the answer says how to order one")
    void noPromise() {
        var id = async(Who.READER, goal("ponder"));

        var answer = renew(Who.READER, id);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("deadman_s");
        server.as(Who.READER).post("/v1/tasks/" + id + "/cancel", "");
    }

    @Test
    @DisplayName("D11.6: require_deadman: what may move and comes through a proxy needs the promise; nothing else does")
    void required() {
        for (var header : new String[] {"X-Forwarded-For", "Forwarded", "Via"}) {
            var refused = actuator().post("/dispatch", goal("tap"), header, "by=192.0.2.7");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("over_limit");
            assertThat(refused.json().path("errors").path(0).path("loc").path(1).asString(""))
                    .isEqualTo("deadman_s");
        }
        assertThat(actuator()
                        .run(goal("tap", ",\"effect\":\"observe\""), "Via", "1.1 p")
                        .status())
                .isEqualTo("completed");
        assertThat(actuator().run(goal("tap")).status()).isEqualTo("completed");
        assertThat(actuator()
                        .run(goal("tap", ",\"deadman_s\":60"), "Via", "1.1 p")
                        .status())
                .isEqualTo("completed");
    }
}
