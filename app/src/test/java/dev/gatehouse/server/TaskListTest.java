package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of tasks, and pages of logs (dispatcher.md 3.1, D4.7). */
class TaskListTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.with()
                .scripts(
                        script("endless", "[{call: [{tool: status}], repeat: forever}]"),
                        script("long", "[{call: [{tool: status}], repeat: 70}, {say: done}]"))
                .start();
        for (var i = 0; i < 5; i++) {
            reader().run(goal("look around " + i, ",\"labels\":{\"batch\":\"one\",\"n\":\"" + i % 2 + "\"}"));
        }
        reader().run(goal("endless", ",\"max_turns\":1"));
        server.as(Who.WATCHER).run(goal("look around foreign", ",\"labels\":{\"batch\":\"one\"}"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Caller reader() {
        return server.as(Who.READER);
    }

    private static List<String> goals(JsonNode page) {
        return page.path("tasks")
                .valueStream()
                .map(t -> t.path("goal").asString())
                .toList();
    }

    private static List<String> listed(String query) {
        return goals(reader().get("/v1/tasks?" + query).json());
    }

    @Test
    @DisplayName("3.1: a list can be narrowed by state, kind and labels, and shows the caller's own tasks only")
    void filters() {
        assertThat(listed("state=max_turns")).containsExactly("endless");
        assertThat(listed("state=completed&limit=2")).containsExactly("look around 4", "look around 3");
        assertThat(listed("kind=agent")).hasSize(6);
        assertThat(listed("kind=lane")).isEmpty();
        assertThat(listed("label.batch=one&label.n=1")).containsExactly("look around 3", "look around 1");
        assertThat(listed("label.batch=two")).isEmpty();
        assertThat(listed("label.batch=one'%20OR%20'1'='1")).isEmpty();
        assertThat(goals(server.as(Who.ADMIN).get("/v1/tasks?label.batch=one").json()))
                .hasSize(6)
                .contains("look around foreign");
    }

    @Test
    @DisplayName("3.1: pages follow one another without a gap or an overlap, and the last one says that it is")
    void paging() {
        var seen = new ArrayList<String>();
        var page = reader().get("/v1/tasks?limit=2&state=completed").json();
        seen.addAll(goals(page));
        while (!page.path("next_after").isNull()) {
            page = reader().get("/v1/tasks?limit=2&state=completed&after="
                            + page.path("next_after").asString())
                    .json();
            seen.addAll(goals(page));
        }

        assertThat(seen)
                .containsExactly("look around 4", "look around 3", "look around 2", "look around 1", "look around 0");
        assertThat(reader().get("/v1/tasks?limit=5&state=completed")
                        .json()
                        .path("next_after")
                        .isNull())
                .as("exactly full and the last")
                .isTrue();
    }

    @Test
    @DisplayName("D3.1: a cursor tells nobody whether a foreign task exists")
    void foreignCursor() {
        var foreign = server.as(Who.WATCHER)
                .get("/v1/tasks?limit=1")
                .json()
                .path("tasks")
                .path(0)
                .path("id")
                .asString();
        var hidden = reader().get("/v1/tasks?after=" + foreign);
        var missing = reader().get("/v1/tasks?after=tsk-00000000000000000000000000");

        assertThat(hidden.status()).isEqualTo(422);
        assertThat(hidden.json().path("detail")).isEqualTo(missing.json().path("detail"));
        assertThat(hidden.code()).isEqualTo(missing.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "state=done", "state=", "kind=robot", "after=1"})
    @DisplayName("3.1: what a list cannot be asked for is refused with the reason, not corrected")
    void bounds(String query) {
        var answer = reader().get("/v1/tasks?" + query);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid_request");
        assertThat(answer.json().path("detail").asString()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    @DisplayName("D4.7: pages of a log go on past what a level hides, and only the last one is terminal")
    void pagesOfALog() {
        var other = server.as(Who.OTHER);
        var log = other.run(goal("long", ",\"effect\":\"observe\",\"max_turns\":100,\"max_budget_usd\":50"))
                .assertWhole();
        assertThat(log.durable()).hasSizeGreaterThan(250);
        var path = "/v1/tasks/" + log.taskId() + "/events";
        var json = new String[] {"Accept", "application/json"};

        var low = other.get(path + "?stream=result&limit=1", json).json();
        assertThat(low.path("events").path(0).path("type").asString()).isEqualTo("accepted");
        assertThat(low.path("terminal").booleanValue()).isFalse();
        var end = other.get(path + "?stream=result&limit=1&after=" + low.path("next_after"), json)
                .json();
        assertThat(end.path("events").path(0).path("type").asString()).isEqualTo("result");
        assertThat(end.path("terminal").booleanValue()).isTrue();

        var standard = other.get(path, json).json();
        assertThat(standard.path("events")).hasSize(200);
        assertThat(standard.path("next_after").intValue()).isEqualTo(200);
        assertThat(standard.path("terminal").booleanValue()).isFalse();
        assertThat(other.get(path + "?limit=1000", json).json().path("events"))
                .hasSize(log.durable().size());
        assertThat(other.get(path + "?limit=1001", json).status()).isEqualTo(422);
        var beyond = other.get(path + "?after=99999", json).json();
        assertThat(beyond.path("events")).isEmpty();
        assertThat(beyond.path("terminal").booleanValue()).isTrue();
    }

    @Test
    @DisplayName("D1.2: kind peer is reserved: 501, and nothing is created")
    void peer() {
        var answer = reader().post("/v1/tasks", goal("other house", ",\"kind\":\"peer\""));

        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.code()).isEqualTo("not_implemented");
        assertThat(listed("kind=peer")).isEmpty();
    }

    @Test
    @DisplayName("3.2: a preference that is followed is named in the answer, another is not")
    void preferences() {
        var waited = server.as(Who.OTHER)
                .post(
                        "/dispatch",
                        goal("look around", ",\"effect\":\"observe\""),
                        "Accept",
                        "application/json",
                        "Prefer",
                        "wait=30");
        var ignored = server.as(Who.OTHER)
                .post(
                        "/dispatch",
                        goal("look around", ",\"effect\":\"observe\""),
                        "Accept",
                        "application/json",
                        "Prefer",
                        "wait=9999");

        assertThat(waited.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(ignored.header("Preference-Applied")).isEmpty();
        assertThat(ignored.status()).isEqualTo(200);
    }
}
