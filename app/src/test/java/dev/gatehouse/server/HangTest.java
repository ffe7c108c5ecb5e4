package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.robot.Driver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Parts of the world that never answer: the task is over five seconds after its deadline at the latest (threats.md T19.1). */
class HangTest {
    private static final Duration LATEST = Duration.ofSeconds(10);
    /** For what the test itself needs around it. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** A driver that never comes back from a motion and does not hear that it should. */
    private static Driver deaf(Driver driver, CompletableFuture<Void> healed) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (self, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        healed.join();
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void assertOver(TestServer server, Who who, String script, String status) {
        var id = server.as(who)
                .post("/v1/tasks", goal(script, ",\"deadline_s\":5"), "Prefer", "respond-async")
                .json()
                .path("id")
                .asString();

        await("the task is over")
                .atMost(LATEST.plus(SLACK))
                .until(() -> server.as(who)
                        .get("/v1/tasks/" + id)
                        .json()
                        .path("terminal")
                        .booleanValue());
        var result = server.as(who).get("/v1/tasks/" + id).json().path("result");
        assertThat(result.path("status").asString()).isEqualTo(status);
        assertThat(result.path("duration_ms").longValue()).isBetween(4_900L, LATEST.toMillis() + 500);
        assertThat(server.as(who).get("/v1/status").json().path("lease").isNull())
                .isTrue();
    }

    @Test
    @DisplayName(
            "T19.1: a driver that never answers: unknown 5 s after the deadline at the latest, and the robot is free")
    void driver() {
        var healed = new CompletableFuture<Void>();
        try (var server = TestServer.with()
                .scripts(Scripts.TAP)
                .around(driver -> deaf(driver, healed))
                .start()) {
            assertOver(server, Who.ACTUATOR, "tap", "unknown");
            healed.complete(null);
        } finally {
            healed.complete(null);
        }
    }

    @Test
    @DisplayName("T19.1: a model that never answers: deadline, 5 s after it at the latest")
    void model() {
        try (var server = TestServer.with().scripts(Scripts.PONDER).start()) {
            assertOver(server, Who.READER, "ponder", "deadline");
        }
    }
}
