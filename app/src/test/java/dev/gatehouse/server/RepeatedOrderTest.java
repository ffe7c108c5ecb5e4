package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same order twice, over the wire (dispatcher.md section 13, threats.md T13). */
class RepeatedOrderTest {
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with().scripts(Scripts.TAP, Scripts.CREEP).start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Caller reader() {
        return server.as(Who.READER);
    }

    private static long actuations() {
        return server.audit("tool_intent").stream()
                .filter(r -> r.path("effect").asString().equals("actuate"))
                .count();
    }

    @Test
    @DisplayName("D13.2: a stream is replayed from its first event, and says that it is a replay")
    void stream() {
        try (var first = reader().dispatch(goal("look around"), KEY, "\"stream\"");
                var second = reader().dispatch("{ \"goal\" : \"look around\" }", KEY, "stream")) {
            var original = first.toEnd().assertWhole();
            var replay = second.toEnd().assertWhole();

            assertThat(first.header(REPLAYED)).isEmpty();
            assertThat(second.header(REPLAYED)).isEqualTo("true");
            assertThat(second.taskId()).isEqualTo(first.taskId());
            assertThat(second.header("Location")).isEqualTo("/v1/tasks/" + first.taskId());
            assertThat(replay.durable()).isEqualTo(original.durable());
            assertThat(original.events().getFirst().path("idempotency").asString())
                    .isEqualTo("new");
        }
        assertThat(reader().run(goal("look around"))
                        .events()
                        .getFirst()
                        .path("idempotency")
                        .asString())
                .isEqualTo("none");
    }

    @Test
    @DisplayName("D13.2: async answers with the task object, waiting with the outcome, SSE with the numbered events")
    void otherForms() {
        var body = goal("look around", ",\"labels\":{\"n\":\"forms\"}");
        var first = reader().post("/v1/tasks", body, KEY, "forms", "Prefer", "respond-async");
        var id = first.json().path("id").asString();
        var waited = reader().post("/v1/tasks", body, KEY, "forms", "Accept", "application/json");
        var again = reader().post("/v1/tasks", body, KEY, "forms", "Prefer", "respond-async");

        assertThat(first.header(REPLAYED)).isEmpty();
        assertThat(waited.status()).isEqualTo(200);
        assertThat(waited.json().path("id").asString()).isEqualTo(id);
        assertThat(waited.header(REPLAYED)).isEqualTo("true");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("id").asString()).isEqualTo(id);
        assertThat(again.json().path("terminal").booleanValue()).isTrue();
        try (var events = reader().stream("POST", "/tasks", body, KEY, "forms", "Accept", "text/event-stream")) {
            assertThat(events.header(REPLAYED)).isEqualTo("true");
            assertThat(events.line()).hasValue("retry: 2000");
            assertThat(events.line()).hasValue("");
            assertThat(events.line()).hasValue("event: accepted");
            assertThat(events.line()).hasValue("id: 1");
        }
    }

    @Test
    @DisplayName(
            "D13.2, T13.2: another body under the key is 422 and creates nothing; another caller or route is not concerned")
    void otherBody() {
        var first = reader().post("/dispatch", goal("look around"), KEY, "shared", "Prefer", "respond-async");
        var other = reader().post("/v1/dispatch", goal("look"), KEY, "shared", "Prefer", "respond-async");
        var route = reader().post("/v1/tasks", goal("look"), KEY, "shared", "Prefer", "respond-async");
        var caller = server.as(Who.WATCHER).post("/dispatch", goal("look"), KEY, "shared", "Prefer", "respond-async");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_mismatch");
        assertThat(other.header("Gatehouse-Task")).isEmpty();
        assertThat(route.status()).isEqualTo(202);
        assertThat(caller.status()).isEqualTo(202);
        assertThat(first.json().path("id").asString())
                .isNotEqualTo(route.json().path("id").asString());
    }

    @ParameterizedTest
    @CsvSource({"a b", "'\"open'", "'\"\"'"})
    @DisplayName("3.2: a malformed key is 400, says what a key is, and creates nothing")
    void malformed(String key) {
        var answer = reader().post("/dispatch", goal("malformed key"), KEY, key);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_request");
        assertThat(answer.json().path("detail").asString()).contains("1 to 255");
    }

    @Test
    @DisplayName("D13.1: a body that cannot be compared is 422 only where a key asks for it")
    void incomparable() {
        var body = goal("look around", ",\"note\":9007199254740993");

        assertThat(reader().post("/dispatch", body, KEY, "huge").code()).isEqualTo("invalid_request");
        assertThat(reader().post("/dispatch", body, "Prefer", "respond-async").status())
                .isEqualTo(202);
    }

    @Test
    @DisplayName("T13.1: parallel and repeated posts of one motion make one task and one actuation")
    void oneActuation() throws Exception {
        var before = actuations();
        var go = new CountDownLatch(1);
        var posts = new ArrayList<FutureTask<Answer>>();
        for (var i = 0; i < 30; i++) {
            var post = new FutureTask<>(() -> {
                go.await();
                return server.as(Who.ACTUATOR)
                        .post("/dispatch", goal("tap"), KEY, "once", "Accept", "application/json");
            });
            posts.add(post);
            Thread.ofVirtual().start(post);
        }
        go.countDown();
        var tasks = new HashSet<String>();
        for (var post : posts) {
            assertThat(post.get().status()).as(post.get().text()).isEqualTo(200);
            tasks.add(post.get().json().path("id").asString());
        }
        server.as(Who.ACTUATOR).post("/dispatch", goal("tap"), KEY, "once", "Accept", "application/json");

        assertThat(tasks).hasSize(1);
        assertThat(actuations() - before).isEqualTo(1);
    }

    @Test
    @DisplayName("3.3: a repetition is answered where a new order would be refused: stopped, and its one place taken")
    void beforeTheState() {
        var body = goal("tap", ",\"labels\":{\"n\":\"latched\"}");
        var first = server.as(Who.ACTUATOR).post("/dispatch", body, KEY, "latched", "Accept", "application/json");
        server.as(Who.BUTTON).post("/v1/estop", "");

        var again = server.as(Who.ACTUATOR).post("/dispatch", body, KEY, "latched", "Accept", "application/json");
        var fresh = server.as(Who.ACTUATOR).post("/dispatch", body, KEY, "fresh", "Accept", "application/json");
        server.clear();
        var retried = server.as(Who.ACTUATOR).post("/dispatch", body, KEY, "fresh", "Accept", "application/json");

        assertThat(again.json().path("id").asString())
                .isEqualTo(first.json().path("id").asString());
        assertThat(fresh.code()).isEqualTo("estop_latched");
        assertThat(retried.status())
                .as("D13.4: what was refused left nothing under its key")
                .isEqualTo(200);
        assertThat(retried.header(REPLAYED)).isEmpty();
    }
}
