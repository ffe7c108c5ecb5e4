package dev.gatehouse.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dispatch.DispatchBench;
import dev.gatehouse.dispatch.EventType;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.json.Json;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an engine is given, what it gives back, and when it is not even asked. */
@Timeout(60)
class AgentExecutorTest {
    private static final String PRICES = """
            version: "1"
            currency: USD
            models:
              none: {in: 1.00, out: 5.00, write_5m: 1.25, write_1h: 2.00, read: 0.10}
            """;

    private final List<Session> sessions = new ArrayList<>();

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened by each test
    private DispatchBench bench;

    @SuppressWarnings("NullAway.Init")
    private DailyLedger ledger;

    private EngineOutcome outcome = new EngineOutcome.Completed("all is well");

    /** An engine that looks at the robot once and says how it ended. */
    private final class Looking implements Engine {
        @Override
        public EngineInfo info() {
            return new EngineInfo("scripted", "1", true);
        }

        @Override
        public EngineRun run(Session session) throws InterruptedException {
            sessions.add(session);
            session.sink().text(1, "looking", false);
            var answer = session.tools().call("toolu_1", 1, "mcp__robot__status", Json.object());
            session.sink().text(1, answer.isError() ? "no" : "yes", true);
            return new EngineRun(outcome, 1, Duration.ofMillis(7));
        }

        @Override
        public void close() {}
    }

    private void open(String policy) throws Exception {
        bench = new DispatchBench(directory, policy);
        ledger = DailyLedger.open(directory, () -> new Money(1_000_000), bench.gate.clock);
        var prices = Prices.read(PRICES);
        var executor = new AgentExecutor(
                Map.of("scripted", new Looking()),
                new AgentSettings("scripted", "none"),
                () -> prices,
                ledger,
                bench.gate.gate,
                bench.gate.manifest,
                bench.files,
                bench.gate.ids,
                new Random(1));
        bench.script(task -> {
            beforeWork.run();
            return executor.execute(task);
        });
    }

    private Runnable beforeWork = () -> {};

    @AfterEach
    void close() throws Exception {
        bench.dispatcher.close();
        ledger.close();
        bench.close();
    }

    private static Order order(Effect effect) {
        return DispatchBench.order("look at it", effect, false, Optional.empty());
    }

    private LiveTask work(Effect effect, Optional<Secret> key) {
        var task = bench.submit(bench.gate.mover(), order(effect), key);
        task.over().join();
        return task;
    }

    private String status(LiveTask task) {
        return task.task().state().wire();
    }

    private String code(LiveTask task) {
        return task.task().body().path("result").path("error").path("code").asString("");
    }

    @Test
    @DisplayName(
            "E1.1: an engine is given the task, the key, the tools, the money, the deadline and the sink, and returns one outcome")
    void contract() throws Exception {
        open("version: 1");
        var key = Secret.of("sk-ant-test-0123456789abcdef");

        var task = work(Effect.OBSERVE, Optional.of(key));

        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.taskId()).isEqualTo(task.taskId());
            assertThat(session.goal()).isEqualTo("look at it");
            assertThat(session.key()).containsSame(key);
            assertThat(session.tools().tools())
                    .extracting(OfferedTool::name)
                    .contains("mcp__robot__status")
                    .doesNotContain("mcp__robot__record_skill", "mcp__robot__execute_task");
            assertThat(session.spend().remaining()).isEqualTo(new Money(500_000));
            assertThat(session.deadline()).isEqualTo(task.deadline());
        });
        assertThat(status(task)).isEqualTo("completed");
        var events = bench.events(task);
        assertThat(events).filteredOn(e -> e.type() == EventType.TEXT).hasSize(2);
        assertThat(events).filteredOn(e -> e.type() == EventType.TOOL_CALL).hasSize(1);
        assertThat(events)
                .filteredOn(e -> e.type() == EventType.RESULT)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.member("summary").asString("")).isEqualTo("all is well");
                    assertThat(result.member("duration_api_ms").longValue()).isEqualTo(7);
                });
    }

    @Test
    @DisplayName("E1.1: each outcome of an engine is one end of its task, which the task writes")
    void outcomes() throws Exception {
        open("version: 1");
        var ends = Map.of(
                new EngineOutcome.MaxTurns(), "max_turns",
                new EngineOutcome.BudgetExceeded(), "budget_exceeded",
                new EngineOutcome.Refused(FailureCode.MODEL_REFUSED, "no"), "refused",
                new EngineOutcome.Failed(FailureCode.CONTEXT_FULL, "full"), "failed",
                new EngineOutcome.Stopped(EngineOutcome.Stopped.DEADLINE), "deadline");
        for (var end : ends.entrySet()) {
            outcome = end.getKey();

            var task = work(Effect.OBSERVE, Optional.empty());

            assertThat(status(task)).isEqualTo(end.getValue());
            assertThat(bench.events(task))
                    .filteredOn(e -> e.type() == EventType.RESULT)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("E1.7: with a stop in between, a task that may move asks no model; one that looks does")
    void latched() throws Exception {
        open("version: 1");
        beforeWork = () -> bench.gate.robot.interlock().stop("anna", "smoke");

        assertThat(status(work(Effect.ACTUATE, Optional.empty()))).isEqualTo("estopped");
        assertThat(sessions).isEmpty();
        assertThat(status(work(Effect.OBSERVE, Optional.empty()))).isEqualTo("completed");
        assertThat(sessions).hasSize(1);
    }

    @Test
    @DisplayName("E1.7: a task that lost the right to move the robot before it began asks no model")
    void leaseLost() throws Exception {
        open("version: 1");
        beforeWork = () -> bench.gate.lease.revoke();

        var task = work(Effect.ACTUATE, Optional.empty());

        assertThat(status(task)).isEqualTo("failed");
        assertThat(code(task)).isEqualTo("lease_lost");
        assertThat(sessions).isEmpty();
    }

    @Test
    @DisplayName("E1.7: with other tools than those that were pinned no model is asked: tool_drift")
    void drift() throws Exception {
        open("version: 1\nsurface_sha256: \"" + "0".repeat(64) + "\"");

        var task = work(Effect.OBSERVE, Optional.empty());

        assertThat(status(task)).isEqualTo("tool_drift");
        assertThat(code(task)).isEqualTo("tool_drift");
        assertThat(sessions).isEmpty();
    }
}
