package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** kill -9 of a real server process, and the next start on what it left (D1.6, threats.md T15.1, T15.3, T20.4). */
class KillTest {
    private static final String PICK = "pick up the red cube and place it in the bin";

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void directory() throws IOException {
        home = Files.createTempDirectory("gatehouse-test");
    }

    @AfterEach
    void clean() {
        TestServer.delete(home);
    }

    private TestServer restart() {
        return TestServer.with().in(home).start();
    }

    private static Log log(TestServer server, String task) {
        try (var events = server.as(Who.ACTUATOR).stream("GET", "/v1/tasks/" + task + "/events", null)) {
            return events.toEnd().assertWhole();
        }
    }

    private static void assertAtRest(TestServer server) {
        assertThat(server.arm().moving()).isFalse();
        var status = server.as(Who.READER).get("/v1/status").json();
        assertThat(status.path("open_tasks").intValue()).isZero();
        assertThat(status.path("lease").isNull()).isTrue();
        assertThat(server.as(Who.APPROVER).get("/v1/approvals").json().path("approvals"))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "D1.6: killed in the middle of a motion, the task is unknown, once; the audit is whole; nothing moves by itself")
    void duringAMotion() throws Exception {
        String task;
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).dispatch(goal(PICK))) {
            task = events.taskId();
            events.await(e -> e.path("type").asString().equals("progress"));
            process.kill();
        }
        assertThat(AuditVerifier.verify(home.resolve("state/audit")).exitCode()).isIn(0, 3);
        var written = TestServer.audit(home.resolve("state"));
        assertThat(written)
                .anyMatch(r -> r.path("event").asString().equals("tool_intent")
                        && r.path("effect").asString().equals("actuate"));

        try (var server = restart()) {
            var log = log(server, task);
            assertThat(log.status()).isEqualTo("unknown");
            assertThat(log.errorCode()).isEqualTo("server_restart");
            assertAtRest(server);
            assertThat(server.as(Who.ACTUATOR)
                            .post("/v1/tasks/" + task + "/cancel", "")
                            .status())
                    .isEqualTo(200);
            server.stop();
            assertThat(AuditVerifier.verify(server.state().resolve("audit")).exitCode())
                    .isZero();
        }
        try (var again = restart()) {
            assertThat(log(again, task).status()).isEqualTo("unknown");
        }
    }

    @Test
    @DisplayName(
            "D1.6, T6.3: killed while a person is asked, the task is failed: every motion that began had its end recorded")
    void duringAnApproval() throws Exception {
        String task;
        String queued;
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).dispatch(goal(PICK))) {
            task = events.taskId();
            events.await("approval_required");
            queued = process.as(Who.ACTUATOR)
                    .post("/v1/tasks", goal(PICK), "Prefer", "respond-async")
                    .json()
                    .path("id")
                    .asString();
            process.kill();
        }

        try (var server = restart()) {
            assertThat(log(server, task).status()).isEqualTo("failed");
            assertThat(log(server, queued).status()).isEqualTo("canceled");
            assertThat(log(server, queued).errorCode()).isEqualTo("server_restart");
            assertAtRest(server);
        }
    }

    @Test
    @DisplayName(
            "T13.1, D13.3: the same motion posted again, at once and after a kill -9, is one task and one actuation")
    void repeatedOrder() throws Exception {
        var key = new String[] {"Idempotency-Key", "\"one motion\"", "Prefer", "respond-async"};
        var ids = ConcurrentHashMap.<String>newKeySet();
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).stream(
                        "POST", "/v1/tasks", goal(PICK), "Idempotency-Key", "\"one motion\"")) {
            ids.add(events.taskId());
            var posts = new ArrayList<Thread>();
            for (var i = 0; i < 10; i++) {
                posts.add(Thread.ofVirtual()
                        .start(() -> ids.add(process.as(Who.ACTUATOR)
                                .post("/v1/tasks", goal(PICK), key)
                                .header("Gatehouse-Task"))));
            }
            for (var post : posts) {
                post.join();
            }
            events.await(e -> e.path("type").asString().equals("progress"));
            process.kill();
        }

        try (var server = restart()) {
            for (var i = 0; i < 3; i++) {
                var again = server.as(Who.ACTUATOR).post("/v1/tasks", goal(PICK), key);
                assertThat(again.status()).isEqualTo(202);
                assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
                assertThat(again.json().path("state").asString()).isEqualTo("unknown");
                ids.add(again.json().path("id").asString());
            }
            assertThat(ids).hasSize(1);
            assertThat(server.as(Who.ACTUATOR)
                            .post("/v1/tasks", goal("something else"), key)
                            .code())
                    .isEqualTo("idempotency_mismatch");
            assertAtRest(server);
            assertThat(server.audit("tool_intent").stream()
                            .filter(r -> r.path("effect").asString().equals("actuate")))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("T15.1: a latch survives the kill, with its id, and only a person opens it")
    void latched() throws Exception {
        String latch;
        try (var process = ServerProcess.start(home)) {
            latch = process.as(Who.BUTTON)
                    .post("/v1/estop", "")
                    .json()
                    .path("latch_id")
                    .asString();
            process.kill();
        }

        try (var server = restart()) {
            var interlock = server.as(Who.READER).get("/v1/status").json().path("interlock");
            assertThat(interlock.path("latched").booleanValue()).isTrue();
            assertThat(interlock.path("latch_id").asString()).isEqualTo(latch);
            assertThat(interlock.path("by").asString()).isEqualTo("button");
            assertThat(server.as(Who.ACTUATOR).post("/dispatch", goal(PICK)).code())
                    .isEqualTo("estop_latched");
            server.clear();
            assertThat(server.arm().moving()).isFalse();
        }
    }

    @Test
    @DisplayName("D16.4: SIGTERM during a motion stops it, ends the task canceled and exits 0")
    void orderlyEnd() throws Exception {
        String task;
        try (var process = ServerProcess.start(home);
                var events = process.as(Who.ACTUATOR).dispatch(goal(PICK))) {
            task = events.taskId();
            events.await(e -> e.path("type").asString().equals("progress"));
            assertThat(process.terminate()).isZero();
        }

        try (var server = restart()) {
            assertThat(log(server, task).status()).isEqualTo("canceled");
            assertThat(AuditVerifier.verify(server.state().resolve("audit")).exitCode())
                    .isIn(0, 3);
        }
    }
}
