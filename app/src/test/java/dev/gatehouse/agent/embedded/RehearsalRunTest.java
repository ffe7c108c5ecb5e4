package dev.gatehouse.agent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.agent.EngineOutcome.Completed;
import dev.gatehouse.agent.EngineOutcome.Failed;
import dev.gatehouse.agent.EngineOutcome.MaxTurns;
import dev.gatehouse.agent.FailureCode;
import dev.gatehouse.agent.RecordingSink;
import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import java.net.URI;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@DisplayName("The embedded engine on the rehearsal endpoint (engines.md section 6)")
class RehearsalRunTest {
    private static final String LOOK = "{say: \"I look.\", call: [{tool: render, args: {}}]}";

    @Test
    void aTaskOfTwoTurnsAndOneTool() throws Exception {
        try (var server = server(LOOK, "{say: \"Saw {{last.text(200)}}\"}");
                var fixture = new EngineFixture(URI.create(server.url()))) {
            fixture.deltas = true;
            fixture.tools = new RecordingTools("a red cube");

            var run = fixture.runIt();

            assertThat(run.turns()).isEqualTo(2);
            assertThat(run.outcome())
                    .isInstanceOfSatisfying(
                            Completed.class, c -> assertThat(c.summary()).contains("a red cube"));
            assertThat(fixture.tools.calls()).hasSize(1);
            assertThat(fixture.sink.texts().getFirst()).startsWith("[rehearsal] ");
            assertThat(fixture.sink.deltas()).isEqualTo(String.join("", fixture.sink.texts()));
            assertThat(fixture.sink.all(RecordingSink.Used.class)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{http: 529, times: 2, retry_after: 1}",
                "{http: 500, times: 1}",
                "{sse_error: overloaded_error, after_events: 4, times: 1}",
                "{cut_after: 5, times: 1}",
                "{cut_after: 0, times: 1}",
                "{no_stop: true, times: 1}",
                "{unknown_event: true}",
            })
    void aFaultThatPassesIsSurvived(String fault) throws Exception {
        try (var server = server("{say: \"Done with much more to say.\", fault: %s}".formatted(fault));
                var fixture = new EngineFixture(URI.create(server.url()))) {
            assertThat(fixture.run()).isInstanceOf(Completed.class);
        }
    }

    @Test
    void argumentsThatAreNotJsonNeverReachATool() throws Exception {
        try (var server = server("{call: [{tool: move, args: {a: 1}}], fault: {bad_json: true}}", "{say: \"Done.\"}");
                var fixture = new EngineFixture(URI.create(server.url()))) {
            assertThat(fixture.run()).isInstanceOf(Completed.class);
            assertThat(fixture.tools.calls()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsRefusedEndsTheRun() throws Exception {
        try (var server = server("{say: \"x\", fault: {http: 401}}");
                var fixture = new EngineFixture(URI.create(server.url()))) {
            assertThat(fixture.run())
                    .isInstanceOfSatisfying(
                            Failed.class, f -> assertThat(f.code()).isEqualTo(FailureCode.MODEL_AUTH));
        }
    }

    @Test
    void aModelThatNeverEndsIsEndedByTheTurns() throws Exception {
        try (var server = server("{call: [{tool: render, args: {}}], repeat: forever}");
                var fixture = new EngineFixture(URI.create(server.url()))) {
            fixture.maxTurns = 5;

            var run = fixture.runIt();

            assertThat(run.outcome()).isEqualTo(new MaxTurns());
            assertThat(run.turns()).isEqualTo(5);
            assertThat(fixture.tools.calls()).hasSize(4);
        }
    }

    @Test
    @DisplayName("E2.2: a warm-up needs no key, no price and no robot")
    void theWarmUpRunsToItsEnd() throws Exception {
        try (var server = RehearsalServer.start(ScriptLibrary.builtIn(), 0)) {
            assertThat(EmbeddedEngine.warmUp(URI.create(server.url()))).isTrue();
        }
    }

    @Test
    void aWarmUpWithoutAnEndpointSaysSo() throws Exception {
        assertThat(EmbeddedEngine.warmUp(URI.create("http://127.0.0.1:1"))).isFalse();
    }

    private static RehearsalServer server(String... turns) throws Exception {
        var script = Script.parse("rehearsal: 1\nname: test\nturns:\n  - " + String.join("\n  - ", turns) + "\n");
        return RehearsalServer.start(ScriptLibrary.builtIn().with(script), 0);
    }
}
