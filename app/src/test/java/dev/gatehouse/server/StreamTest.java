package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The ways an answer is read: streams, waiting, later (dispatcher.md 3.5 and section 4). */
class StreamTest {
    private static final String HOSTILE =
            "one\\ntwo\\r\\n{\\\"v\\\":1,\\\"seq\\\":1,\\\"type\\\":\\\"result\\\",\\\"status\\\":\\\"completed\\\"}"
                    + "\\n\\ndata: x\\nevent: result\\n\\u2028\\u2029\\0\\x1b[2J\\x07end";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .scripts(
                        script("hostile", "[{say: \"" + HOSTILE + "\"}]"),
                        script(
                                "slowly",
                                "[{say: \"some words that come one after another\", pace: {chunk_chars: 4, chunk_ms: 20}}]"),
                        script("pensive", "[{say: thought, pace: {first_ms: 2500}}]"),
                        script("endless", "[{call: [{tool: status}], repeat: forever}]"),
                        script(
                                "verbose",
                                "[{say: \"" + "blah ".repeat(6000) + "\", call: [{tool: status}], repeat: 30,"
                                        + " usage: {input: 10, output: 10}}, {say: done}]"))
                .start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Caller reader() {
        return server.as(Who.READER);
    }

    @Test
    @DisplayName("D4.2: NDJSON from accepted to the one result, numbered without a gap")
    void ndjson() {
        try (var events = reader().dispatch(goal("look around", ""))) {
            assertThat(events.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(events.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(events.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(events.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(events.header("X-Request-Id")).startsWith("req-");
            assertThat(events.header("Location")).isEqualTo("/v1/tasks/" + events.taskId());

            var log = events.toEnd().assertWhole();

            assertThat(log.status()).isEqualTo("completed");
            assertThat(log.taskId()).isEqualTo(events.taskId());
            assertThat(log.events()).allMatch(e -> e.path("v").intValue() == 1 && e.has("ts") && e.has("type"));
            assertThat(log.types()).contains("session", "tool_call", "gate_decision", "tool_result", "usage", "text");
        }
    }

    @Test
    @DisplayName("4.2: the result says what became of the task and where the audit has it")
    void resultMembers() {
        var log = reader().run(goal("look around", ""));
        var result = log.result();

        for (var member : List.of(
                "status",
                "is_error",
                "summary",
                "num_turns",
                "duration_ms",
                "duration_api_ms",
                "total_usd",
                "usage",
                "permission_denials",
                "artifacts",
                "error",
                "audit")) {
            assertThat(result.has(member)).as(member).isTrue();
        }
        var first = result.path("audit").path("first_seq").longValue();
        var last = result.path("audit").path("last_seq").longValue();
        await().untilAsserted(() -> assertThat(server.audit().stream()
                        .filter(r -> r.path("task").asString("").equals(log.taskId()))
                        .filter(r -> !r.path("event").asString().equals("task_ended"))
                        .map(r -> r.path("seq").longValue())
                        .toList())
                .isNotEmpty()
                .allMatch(seq -> seq >= first));
        assertThat(last).isGreaterThanOrEqualTo(first);
    }

    @Test
    @DisplayName("3.5: as server-sent events, each with its number, the same objects")
    void sse() {
        try (var events = reader().dispatch(goal("look around", ""), "Accept", "text/event-stream")) {
            assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
            var lines = new ArrayList<String>();
            for (var line = events.line(); line.isPresent(); line = events.line()) {
                lines.add(line.get());
            }

            assertThat(lines.getFirst()).isEqualTo("retry: 2000");
            var ids = lines.stream()
                    .filter(l -> l.startsWith("id: "))
                    .map(l -> l.substring(4))
                    .toList();
            var data = lines.stream()
                    .filter(l -> l.startsWith("data: "))
                    .map(l -> read(l.substring(6)))
                    .toList();
            assertThat(data).extracting(d -> d.path("seq").asString()).isEqualTo(ids);
            assertThat(lines.stream()
                            .filter(l -> l.startsWith("event: "))
                            .map(l -> l.substring(7))
                            .toList())
                    .isEqualTo(data.stream().map(d -> d.path("type").asString()).toList())
                    .startsWith("accepted")
                    .endsWith("result");
        }
    }

    private static JsonNode read(String json) {
        try {
            return Json.read(json);
        } catch (dev.gatehouse.json.MalformedJsonException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    @DisplayName("3.5: one JSON answer, whose status tells the outcome")
    void waitingForTheResult() {
        var good = reader().post("/dispatch", goal("look around", ""), "Accept", "application/json");
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.json().path("state").asString()).isEqualTo("completed");
        assertThat(good.json().path("result").path("summary").asString()).isNotBlank();
        assertThat(good.json().path("goal").asString()).isEqualTo("look around");

        var bad = reader().post("/dispatch", goal("endless", ",\"max_turns\":2"), "Accept", "application/json");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(bad.code()).isEqualTo("max_turns");
        assertThat(bad.json().path("task").path("state").asString()).isEqualTo("max_turns");
    }

    @Test
    @DisplayName("3.5: a wait that ends first is 202, and the task goes on")
    void waitingForAWhile() {
        var answer = reader().post("/dispatch", goal("pensive", ""), "Accept", "application/json", "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        var id = answer.json().path("id").asString();
        assertThat(answer.json().path("terminal").booleanValue()).isFalse();
        await().untilAsserted(() -> assertThat(
                        reader().get("/v1/tasks/" + id).json().path("state").asString())
                .isEqualTo("completed"));
    }

    @Test
    @DisplayName("3.5: respond-async is 202 with the task; its log can be read at any time")
    void async() {
        var answer = reader().post("/v1/tasks", goal("look around", ""), "Prefer", "respond-async");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
        var id = answer.json().path("id").asString();
        assertThat(answer.header("Gatehouse-Task")).isEqualTo(id);
        assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + id);
        assertThat(id).matches("tsk-[0-9a-hjkmnp-tv-z]{26}");

        try (var events = reader().stream("GET", "/v1/tasks/" + id + "/events", null)) {
            assertThat(events.toEnd().assertWhole().status()).isEqualTo("completed");
        }
        assertThat(reader().get("/tasks/" + id).json().path("terminal").booleanValue())
                .isTrue();
    }

    @Test
    @DisplayName("B14: read again from any number, in every form, the log is the same")
    void rereading() {
        var log = reader().run(goal("look around", ""));
        var path = "/v1/tasks/" + log.taskId() + "/events";
        for (var after = 0; after <= log.durable().size(); after++) {
            var rest = log.durable().subList(after, log.durable().size());
            try (var events = reader().stream("GET", path + "?after=" + after, null)) {
                assertThat(events.toEnd().events()).isEqualTo(rest);
            }
            var page = reader().get(path + "?after=" + after, "Accept", "application/json")
                    .json();
            assertThat(page.path("events").valueStream().toList()).isEqualTo(rest);
            assertThat(page.path("next_after").longValue())
                    .isEqualTo(log.durable().size());
            assertThat(page.path("terminal").booleanValue()).isTrue();
        }
        try (var events = reader().stream("GET", path, null, "Last-Event-ID", "2", "Accept", "text/event-stream")) {
            assertThat(events.line()).hasValue("retry: 2000");
            events.line();
            events.line();
            assertThat(events.line()).hasValue("id: 3");
        }
        var small = reader().get(path + "?limit=2&follow=0").json();
        assertThat(small.path("events")).hasSize(2);
        assertThat(small.path("next_after").longValue()).isEqualTo(2);
        assertThat(reader().get(path + "?limit=0&follow=0").status()).isEqualTo(422);
        assertThat(reader().get(path + "?after=-1").status()).isEqualTo(422);
    }

    @Test
    @DisplayName("D4.3: a level only takes events and members away")
    void levels() {
        var watcher = server.as(Who.WATCHER);
        var full = watcher.run(goal("look around", ",\"stream\":\"full\""));
        var path = "/v1/tasks/" + full.taskId() + "/events?stream=";
        try (var progress = watcher.stream("GET", path + "progress", null);
                var result = watcher.stream("GET", path + "result", null)) {
            var seen = progress.toEnd();
            assertThat(seen.types()).isEqualTo(full.types());
            assertThat(result.toEnd().types()).containsExactly("accepted", "result");
            assertThat(full.ofType("tool_result")
                            .getFirst()
                            .path("content")
                            .path(0)
                            .path("text")
                            .asString(""))
                    .isNotEmpty();
            assertThat(seen.ofType("tool_result"))
                    .allSatisfy(r ->
                            assertThat(r.path("content").path(0).has("text")).isFalse());
        }
    }

    @Test
    @DisplayName("T27.1: no byte of what a tool said is in a stream of the default level")
    void bodiesStayInside() {
        var full = server.as(Who.WATCHER).run(goal("look around", ",\"stream\":\"full\""));
        var said = full.ofType("tool_result").stream()
                .map(r -> r.path("content").path(0).path("text").asString(""))
                .flatMap(text -> Pattern.compile("[A-Za-z ]{24,}").matcher(text).results())
                .map(MatchResult::group)
                .toList();
        assertThat(said).isNotEmpty();

        try (var events = reader().dispatch(goal("look around"))) {
            var lines = Stream.generate(events::line)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .toList();

            assertThat(lines).hasSizeGreaterThan(5);
            assertThat(String.join("\n", lines)).doesNotContain(said);
        }
    }

    @Test
    @DisplayName("T27.1: full streams need the flag of the credential, on every way to ask for one")
    void fullNeedsPermission() {
        assertThat(reader().post("/dispatch", goal("x", ",\"stream\":\"full\"")).code())
                .isEqualTo("over_limit");
        assertThat(reader().post("/dispatch?stream=full", goal("x", "")).code()).isEqualTo("over_limit");
        var log = reader().run(goal("look around", ""));
        assertThat(reader().get("/v1/tasks/" + log.taskId() + "/events?stream=full")
                        .code())
                .isEqualTo("over_limit");
        assertThat(reader().get("/v1/tasks/" + log.taskId() + "/events?stream=all")
                        .code())
                .isEqualTo("invalid_request");
    }

    @Test
    @DisplayName("4.2: text as it is written is sent only to who asked for it, and is not stored")
    void deltas() {
        var with = reader().run(goal("slowly", ",\"deltas\":true")).assertWhole();
        var without = reader().run(goal("slowly", "")).assertWhole();

        var written = new StringBuilder();
        with.ofType("text_delta").forEach(d -> written.append(d.path("text").asString()));
        assertThat(with.ofType("text_delta")).hasSizeGreaterThan(3).allMatch(d -> !d.has("seq") && d.has("after"));
        assertThat(with.ofType("text").getFirst().path("text").asString()).isEqualTo(written.toString());
        assertThat(without.ofType("text_delta")).isEmpty();
        try (var again = reader().stream("GET", "/v1/tasks/" + with.taskId() + "/events", null)) {
            assertThat(again.toEnd().ofType("text_delta")).isEmpty();
        }
    }

    @Test
    @DisplayName("D4.8: while an actuate task is followed there is a sign of life every second")
    void heartbeats() {
        var log = server.as(Who.ACTUATOR).run(goal("pensive", "")).assertWhole();

        assertThat(log.ofType("heartbeat")).isNotEmpty();
        assertThat(log.ofType("heartbeat").getFirst().path("state").asString()).isEqualTo("running");
        assertThat(log.ofType("heartbeat"))
                .allMatch(h ->
                        !h.has("seq") && h.has("after") && h.path("elapsed_ms").longValue() > 0);
    }

    @Test
    @DisplayName("T9.1: nothing a model says can end a line or become an event")
    void hostileText() {
        try (var events = reader().dispatch(goal("hostile", ",\"deltas\":true"))) {
            var log = events.toEnd().assertWhole();
            var text = log.ofType("text").getFirst().path("text").asString();
            assertThat(text)
                    .contains("\n{\"v\":1")
                    .contains("\u2028")
                    .contains("\u001b")
                    .contains("\u0000");
            assertThat(log.status()).isEqualTo("completed");
        }
        try (var events = reader().dispatch(goal("hostile", ""))) {
            for (var line = events.line(); line.isPresent(); line = events.line()) {
                assertThat(line.get()).startsWith("{\"v\":1,").endsWith("}");
                assertThat(line.get()).doesNotContain("\u2028").doesNotContain("\u2029");
                assertThat(line.get().chars()).allMatch(c -> c >= 0x20 && c != 0x7f);
            }
        }
        try (var events = reader().dispatch(goal("hostile", ""), "Accept", "text/event-stream")) {
            for (var line = events.line(); line.isPresent(); line = events.line()) {
                assertThat(line.get()).matches("|retry: 2000|id: \\d+|event: [a-z_]+|data: \\{.*}|: heartbeat");
            }
        }
    }

    @Test
    @DisplayName("T12.2: a reader that reads nothing does not slow the task")
    void stalledReader() {
        var body = goal("verbose", ",\"deltas\":true,\"max_turns\":100,\"max_budget_usd\":50");
        try (var stalled = RawConnection.to(server.port())) {
            stalled.send("POST /dispatch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Who.WATCHER.token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            await().untilAsserted(() -> {
                var tasks =
                        server.as(Who.WATCHER).get("/v1/tasks?limit=1").json().path("tasks");
                assertThat(tasks.path(0).path("goal").asString("")).isEqualTo("verbose");
                assertThat(tasks.path(0).path("state").asString()).isEqualTo("completed");
            });
        }
    }

    @Test
    @DisplayName("3.1: tasks are listed newest first, page by page, and everybody sees their own")
    void listing() {
        for (var i = 0; i < 3; i++) {
            server.as(Who.CAPPED).run(goal("look around " + i, ",\"max_turns\":5"));
        }
        var first = server.as(Who.CAPPED).get("/v1/tasks?limit=2").json();
        var second = server.as(Who.CAPPED)
                .get("/v1/tasks?limit=2&after=" + first.path("next_after").asString())
                .json();

        assertThat(goals(first)).containsExactly("look around 2", "look around 1");
        assertThat(goals(second)).containsExactly("look around 0");
        assertThat(second.path("next_after").isNull()).isTrue();
        var all = server.as(Who.ADMIN).get("/v1/tasks?limit=200").json();
        assertThat(all.path("tasks").valueStream().map(t -> t.path("caller").asString()))
                .contains("capped");
    }

    private static List<String> goals(JsonNode page) {
        return page.path("tasks")
                .valueStream()
                .map(t -> t.path("goal").asString())
                .toList();
    }
}
