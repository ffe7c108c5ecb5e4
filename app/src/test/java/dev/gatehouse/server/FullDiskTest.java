package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.audit.AuditVerifier;
import dev.gatehouse.audit.FaultyDisk;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Disks that are full, stalled or broken: what cannot be recorded does not happen, and the stop always works (B8). */
class FullDiskTest {
    private static final String TWICE = script(
            "twice",
            "[{call: [{tool: execute_capability, args: {capability: gripper.open}}]},"
                    + " {call: [{tool: execute_capability, args: {capability: arm.home}}], pace: {first_ms: 1500}}, {say: done}]");

    private static Answer order(TestServer server) {
        return server.as(Who.ACTUATOR).post("/dispatch", goal("tap"), "Accept", "application/json");
    }

    private static void assertStopWorks(TestServer server) {
        var stop = server.as(Who.BUTTON).post("/v1/estop", "");
        assertThat(stop.status()).isEqualTo(200);
        assertThat(stop.json().path("stop").path("acked").booleanValue()).isTrue();
    }

    @Test
    @DisplayName(
            "T20.3: with the audit's disk full a running task moves nothing more, new orders are 503, the stop works")
    void fullAudit() throws IOException {
        var disk = new FaultyDisk();
        try (var server =
                TestServer.with().auditDisk(disk).scripts(Scripts.TAP, TWICE).start()) {
            try (var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
                events.await("tool_result");
                disk.fill();
                var denied = events.await("gate_decision");
                assertThat(denied.path("behavior").asString()).isEqualTo("deny");
                assertThat(denied.path("code").asString()).isEqualTo("audit_unavailable");
                assertThat(events.toEnd().assertWhole().status()).isEqualTo("completed");
            }

            for (var who : java.util.List.of(Who.ACTUATOR, Who.READER)) {
                var refused = server.as(who).post("/dispatch", goal("tap"));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("audit_unavailable");
                assertThat(refused.has("Retry-After")).isTrue();
            }
            assertThat(server.as(Who.READER)
                            .get("/v1/status")
                            .json()
                            .path("audit")
                            .path("ok")
                            .booleanValue())
                    .isFalse();
            assertStopWorks(server);
            var latch = server.as(Who.READER)
                    .get("/v1/status")
                    .json()
                    .path("interlock")
                    .path("latch_id")
                    .asString();
            assertThat(server.as(Who.CLEARER)
                            .post("/v1/estop/clear", "{\"latch_id\":\"" + latch + "\",\"reason\":\"x\"}")
                            .code())
                    .isEqualTo("audit_unavailable");

            disk.heal();
            await().until(() -> server.as(Who.READER)
                    .get("/v1/status")
                    .json()
                    .path("audit")
                    .path("ok")
                    .booleanValue());
            server.clear();
            assertThat(order(server).json().path("state").asString()).isEqualTo("completed");
            await().untilAsserted(() -> assertThat(server.audit("estop")).isNotEmpty());
            server.stop();
            assertThat(AuditVerifier.verify(server.state().resolve("audit")).exitCode())
                    .isZero();
        }
    }

    @Test
    @DisplayName("D14.7, T14.5: with the audit's disk stalled nothing moves, and the stop is as quick as ever")
    void stalledAudit() {
        var disk = new FaultyDisk();
        try (var server = TestServer.with()
                        .auditDisk(disk)
                        .scripts(Scripts.TAP, Scripts.CREEP)
                        .start();
                var events = server.as(Who.ACTUATOR).dispatch(goal("creep"))) {
            await().until(() -> server.arm().moving());
            disk.stall();
            try {
                assertStopWorks(server);
                assertThat(server.arm().moving()).isFalse();
                assertThat(events.await("safety").path("kind").asString()).isEqualTo("estop");
            } finally {
                disk.heal();
            }
            assertThat(events.toEnd().assertWhole().status()).isEqualTo("estopped");
        }
    }

    /** Takes the table away from the store, which to its writer is a disk that refuses, and gives it back. */
    private static void sql(TestServer server, String statement) {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.state().resolve("tasks.db").toAbsolutePath());
                var sql = connection.createStatement()) {
            sql.execute("PRAGMA busy_timeout = 5000");
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName(
            "T20.3: with the task store broken orders are 503 and leave nothing; a running task gets its whole log later")
    void brokenStore() {
        try (var server = TestServer.with().scripts(Scripts.TAP, TWICE).start();
                var events = server.as(Who.ACTUATOR).dispatch(goal("twice"))) {
            events.await("tool_result");
            sql(server, "ALTER TABLE events RENAME TO events_elsewhere");
            try {
                var refused = server.as(Who.READER).post("/dispatch", goal("look around"));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text()).doesNotContain("SQL").doesNotContain("events_elsewhere");
                assertStopWorks(server);
            } finally {
                sql(server, "ALTER TABLE events_elsewhere RENAME TO events");
            }

            assertThat(events.toEnd().assertWhole().status()).isEqualTo("estopped");
            server.clear();
            assertThat(order(server).json().path("state").asString()).isEqualTo("completed");
            assertThat(server.as(Who.ADMIN).get("/v1/tasks").json().path("tasks"))
                    .hasSize(2);
        }
    }
}
