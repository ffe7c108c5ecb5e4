package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks have nothing in common but the robot: no words, no keys, no tools beyond it. */
class ApartTest {
    private static final String SECRET_GOAL = "the code of the safe is 4711-canary";
    private static final String OTHER_KEY = "sk-ant-test-other-9876543210";

    private final FakeModel model = FakeModel.thinking(request -> FakeModel.responses(request) == 0
            ? FakeModel.calls(List.of(FakeModel.call("mcp__robot__render")))
            : FakeModel.says("said of it: " + Json.line(request.path("messages").path(0))));

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with().model(model.url()).start();
    }

    @AfterEach
    void end() {
        server.close();
        model.close();
    }

    @Test
    @DisplayName("T21.1, E1.5: nothing of one caller's task reaches another's session, lists, events or errors")
    void tasksDoNotBleed() {
        var first = server.as(Who.ACTUATOR).run(goal(SECRET_GOAL, ",\"effect\":\"observe\""));
        assertThat(first.status()).isEqualTo("completed");
        var before = model.asked().size();

        var second = server.as(Who.OTHER).run(goal("describe the arm", ",\"effect\":\"observe\""));

        assertThat(second.status()).isEqualTo("completed");
        assertThat(second.events().toString()).doesNotContain("canary");
        assertThat(model.asked().keySet().stream().skip(before).map(Json::line))
                .isNotEmpty()
                .noneMatch(text -> text.contains("canary"));
        for (var path : List.of(
                "/v1/tasks",
                "/v1/tasks/" + first.taskId(),
                "/v1/tasks/" + first.taskId() + "/events?follow=0",
                "/v1/status",
                "/v1/tools")) {
            assertThat(server.as(Who.OTHER).get(path).text()).as(path).doesNotContain("canary");
        }
    }

    @Test
    @DisplayName("T8.3, E1.5: each call of the model is paid with the key of the caller whose task it is")
    void everybodyPaysForThemselves() {
        server.as(Who.ACTUATOR).run(goal("of the one", ",\"effect\":\"observe\""));
        server.as(Who.OTHER).withKey(OTHER_KEY).run(goal("of the other", ",\"effect\":\"observe\""));

        assertThat(model.asked()).allSatisfy((request, paid) -> {
            var goal = Json.line(request.path("messages").path(0));
            assertThat(paid).isEqualTo("Bearer " + (goal.contains("of the other") ? OTHER_KEY : Caller.KEY));
        });
        assertThat(model.asked().values()).contains("Bearer " + OTHER_KEY, "Bearer " + Caller.KEY);
    }

    @Test
    @DisplayName("T18.4: a session is offered the robot's tools and nothing else")
    void noOtherTools() {
        server.as(Who.ACTUATOR).run(goal("describe the arm"));

        assertThat(model.asked().keySet())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.path("tools")
                                .valueStream()
                                .map(tool -> tool.path("name").asString()))
                        .isNotEmpty()
                        .allMatch(name -> name.startsWith("mcp__robot__")));
    }

    @Test
    @DisplayName(
            "D9.2: a task that may move holds the robot from before its first model call to its end; one that looks never does")
    void theLease() {
        try (var rehearsing = TestServer.with().scripts(Scripts.PONDER).start()) {
            try (var looking = rehearsing.as(Who.READER).dispatch(goal("ponder"))) {
                looking.await("session");
                assertThat(lease(rehearsing)).isEqualTo("null");
            }
            try (var moving = rehearsing.as(Who.ACTUATOR).dispatch(goal("ponder"))) {
                moving.await("session");
                assertThat(lease(rehearsing)).contains("generation");
                rehearsing.as(Who.ACTUATOR).post("/v1/tasks/" + moving.taskId() + "/cancel", "");
                assertThat(moving.toEnd().status()).isEqualTo("canceled");
            }
            await().until(() -> lease(rehearsing).equals("null"));
        }
    }

    private static String lease(TestServer of) {
        return Json.line(of.as(Who.ADMIN).get("/v1/status").json().path("lease"));
    }
}
