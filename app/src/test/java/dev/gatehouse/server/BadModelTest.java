package dev.gatehouse.server;

import static dev.gatehouse.server.Scripts.goal;
import static dev.gatehouse.server.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models and model endpoints gone bad: each ends the task in a definite way, and none moves the arm. */
class BadModelTest {
    @SuppressWarnings("NullAway.Init")
    private static RehearsalServer model;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        model = RehearsalServer.start(
                ScriptLibrary.builtIn()
                        .with(Stream.of(
                                        faulty("http-400", "{http: 400}"),
                                        faulty("http-401", "{http: 401}"),
                                        faulty("http-403", "{http: 403}"),
                                        faulty("http-404", "{http: 404}"),
                                        faulty("http-429", "{http: 429}"),
                                        faulty("http-529", "{http: 529}"),
                                        faulty("cut-late", "{cut_after: 3}"),
                                        faulty("no-stop", "{no_stop: true}"),
                                        faulty("overloaded", "{sse_error: overloaded_error, after_events: 2}"),
                                        faulty("unknown-event", "{unknown_event: true}"),
                                        faulty("once-429", "{http: 429, times: 1}"),
                                        faulty("once-cut", "{cut_after: 2, times: 1}"),
                                        script(
                                                "bad-json",
                                                "[{call: [{tool: status}], fault: {bad_json: true}}, {say: went on}]"),
                                        script("looping", "[{call: [{tool: status}], repeat: forever}]"),
                                        script("refusing", "[{say: no, stop: refusal}]"),
                                        script("cut-off", "[{say: and then, stop: max_tokens, repeat: forever}]"),
                                        script("full", "[{say: x, stop: model_context_window_exceeded}]"))
                                .map(TestServer.Builder::script)
                                .toArray(Script[]::new)),
                0);
        server = TestServer.with().model(model.url()).start();
    }

    private static String faulty(String name, String fault) {
        return script(name, "[{say: all is well, fault: " + fault + "}]");
    }

    @AfterAll
    static void end() {
        server.close();
        model.close();
    }

    private static Log run(String goal) {
        return server.as(Who.READER).run(goal(goal)).assertWhole();
    }

    @ParameterizedTest
    @CsvSource({
        "http-400, failed, model_invalid_request, 0",
        "http-401, failed, model_auth, 0",
        "http-403, failed, model_auth, 0",
        "http-404, failed, model_invalid_request, 0",
        "http-429, failed, model_overloaded, 2",
        "http-529, failed, model_overloaded, 2",
        "cut-late, failed, model_stream_broken, 2",
        "no-stop, failed, model_stream_broken, 2",
        "overloaded, failed, model_stream_broken, 2",
        "once-429, completed, '', 1",
        "once-cut, completed, '', 1",
        "unknown-event, completed, '', 0",
        "refusing, refused, model_refused, 0",
        "cut-off, failed, output_truncated, 0",
        "full, failed, context_full, 0",
        "looping, max_turns, '', 0"
    })
    @DisplayName("a bad model ends the task in a definite state, after at most three attempts")
    void definiteEnds(String goal, String status, String code, int retries) {
        var log = run(goal);

        assertThat(log.status()).isEqualTo(status);
        assertThat(log.errorCode()).isEqualTo(code);
        assertThat(log.ofType("retry")).hasSize(retries);
        assertThat(log.result().path("is_error").booleanValue()).isEqualTo(!status.equals("completed"));
    }

    @Test
    @DisplayName("E2.10: a refused key is reported in our own words")
    void refusedKey() {
        var answer = server.as(Who.READER).post("/dispatch", goal("http-401"), "Accept", "application/json");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("failed");
        assertThat(answer.text())
                .contains("model_auth")
                .doesNotContain(Caller.KEY)
                .doesNotContain("authentication_error");
    }

    @Test
    void argumentsThatAreNoJsonAreToldToTheModelWhichGoesOn() {
        var log = run("bad-json");

        assertThat(log.status()).isIn("completed", "failed");
        assertThat(log.ofType("gate_decision"))
                .noneMatch(d -> d.path("behavior").asString().equals("allow"));
    }

    @ParameterizedTest
    @CsvSource({"garbage", "html", "empty", "half", "wrong-types", "endless-line"})
    @DisplayName("an endpoint that answers nonsense fails the task and nothing else")
    void nonsense(String kind) {
        var body = switch (kind) {
            case "garbage" -> "\u0000\u0001 not an event \uffff\n\n\n";
            case "html" -> "<html><body>Bad gateway</body></html>";
            case "empty" -> "";
            case "half" -> FakeModel.says("hello").substring(0, 300);
            case "wrong-types" -> """
                event: message_start
                data: {"type":"message_start","message":[1,2]}

                event: content_block_delta
                data: {"type":"content_block_delta","index":"x"}

                """;
            default -> "data: " + "x".repeat(3_000_000);
        };
        try (var fake = FakeModel.thinking(request -> body);
                var host = TestServer.with().model(fake.url()).start()) {
            var log = host.as(Who.READER).run(goal("anything")).assertWhole();

            assertThat(log.status()).isEqualTo("failed");
            assertThat(log.errorCode()).isIn("model_stream_broken", "model_invalid_request", "internal");
            assertThat(host.as(Who.READER)
                            .get("/v1/status")
                            .json()
                            .path("open_tasks")
                            .intValue())
                    .isZero();
        }
    }

    @Test
    @DisplayName("T3.4: a model that calls tools nobody offered is told so, and the task goes on")
    void unknownTools() {
        var names = List.of(
                "shell",
                "mcp__robot__hotplug_confirm",
                "mcp__other__render",
                "mcp__robot__Render",
                "mcp__robot__render_x",
                "mcp__robot__validate_and_run",
                "mcp__robot__set_path",
                "bash",
                "mcp__robot__");
        try (var fake = FakeModel.thinking(request -> FakeModel.responses(request) == 0
                        ? FakeModel.calls(names.stream().map(FakeModel::call).toList())
                        : FakeModel.says("I could not"));
                var host = TestServer.with().model(fake.url()).start()) {
            var log = host.as(Who.ACTUATOR).run(goal("anything")).assertWhole();

            assertThat(log.status()).isEqualTo("completed");
            var denied = log.result().path("permission_denials").valueStream().toList();
            assertThat(denied).hasSize(names.size());
            assertThat(denied).allMatch(d -> d.path("code").asString().equals("tool_unknown"));
            await().until(() -> host.audit("gate_deny").size() == names.size());
        }
    }
}
