package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineRun;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.RecordingSink;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.agent.StopSignal;
import dev.gatehouse.agent.TaskBudget;
import dev.gatehouse.agent.ToolView;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullMarked;

/** One engine and what a session needs. Waits between attempts take no time and are remembered. */
@NullMarked
final class EngineFixture implements AutoCloseable {
    static final String KEY = "sk-test-5f0e-CANARY-91c2";

    final RecordingSink sink = new RecordingSink();
    final StopSignal stop = new StopSignal();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final EmbeddedEngine engine;
    RecordingTools tools = new RecordingTools("ok");
    Money budget = new Money(1_000_000);
    Deadline deadline = Deadline.in(Duration.ofMinutes(5), Ticker.system());
    int maxTurns = 20;
    boolean deltas;
    TaskBudget account = new TaskBudget(budget);

    EngineFixture(URI url) {
        engine = new EmbeddedEngine(EngineSettings.embedded(url), new NoWaiting(), new Random(7));
    }

    EngineOutcome run() throws InterruptedException {
        return runIt().outcome();
    }

    EngineRun runIt() throws InterruptedException {
        return engine.run(session(tools));
    }

    Session session(ToolView view) {
        return session(view, stop);
    }

    Session session(ToolView view, StopSignal stop) {
        // Sessions are made on many threads at once, and each has money of its own.
        var money = new TaskBudget(budget);
        account = money;
        return new Session(
                "tsk-1",
                "pick the red cube",
                "You operate a robot.",
                "gatehouse-rehearsal-1",
                maxTurns,
                Optional.of(Secret.of(KEY)),
                view,
                new Spend(Prices.builtIn().price("gatehouse-rehearsal-1").orElseThrow(), money),
                deadline,
                sink,
                stop,
                deltas);
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class NoWaiting implements Ticker {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleepUntil(long nanoTime) {
            waits.add(Duration.ofNanos(nanoTime));
        }
    }
}
