package dev.gatehouse.drift;

import dev.gatehouse.agent.EngineOutcome;
import dev.gatehouse.agent.EngineRun;
import dev.gatehouse.agent.ModelPrice;
import dev.gatehouse.agent.Money;
import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.Spend;
import dev.gatehouse.agent.StopSignal;
import dev.gatehouse.agent.SystemText;
import dev.gatehouse.agent.TaskBudget;
import dev.gatehouse.agent.embedded.EmbeddedEngine;
import dev.gatehouse.agent.embedded.EngineSettings;
import dev.gatehouse.agent.rehearsal.RehearsalServer;
import dev.gatehouse.agent.rehearsal.Script;
import dev.gatehouse.agent.rehearsal.ScriptLibrary;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs the embedded engine, for real and over a real connection, on answers from a script: a stream with a tool call and its usage, a
 * budget that is too small, an error in the middle of a stream. It needs no key and costs nothing.
 */
public final class EngineTrial {
    private static final String WHOLE = "whole";
    private static final String BROKEN = "broken";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Money PLENTY = new Money(1_000_000);
    private static final Money TOO_LITTLE = new Money(1);
    private static final String TURNS = """
              - {say: I look, call: [{tool: render, args: {}}], usage: {input: 100, output: 7}}
              - say: "Done: {{last.text(200)}}"
            """;

    private EngineTrial() {}

    /** What does not work; empty if all of it does. */
    public static Optional<String> run() throws InterruptedException {
        try (var server = RehearsalServer.start(library(), 0);
                var engine = new EmbeddedEngine(
                        EngineSettings.rehearsal(URI.create(server.url())), Ticker.system(), new SecureRandom())) {
            for (Part part : new Part[] {EngineTrial::whole, EngineTrial::budget, EngineTrial::broken}) {
                var problem = part.problem(engine);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        }
    }

    /** One thing an engine has to be able to do. */
    @FunctionalInterface
    private interface Part {
        Optional<String> problem(EmbeddedEngine engine) throws InterruptedException;
    }

    private static Optional<String> whole(EmbeddedEngine engine) throws InterruptedException {
        var seen = new Observer();
        var run = session(engine, WHOLE, PLENTY, seen);
        if (!(run.outcome() instanceof EngineOutcome.Completed(var summary)) || run.turns() != 2) {
            return Optional.of("a task of two turns did not complete");
        }
        if (!summary.contains(Observer.ANSWER) || seen.calls() != 1) {
            return Optional.of("the tool was not called once, or its answer did not come back");
        }
        if (seen.deltas() == 0) {
            return Optional.of("nothing was streamed");
        }
        return seen.used().outputTokens() == 0 || seen.total().equals(Money.ZERO)
                ? Optional.of("usage was not counted")
                : Optional.empty();
    }

    private static Optional<String> budget(EmbeddedEngine engine) throws InterruptedException {
        var seen = new Observer();
        var run = session(engine, WHOLE, TOO_LITTLE, seen);
        return run.outcome() instanceof EngineOutcome.BudgetExceeded && run.turns() == 0 && seen.calls() == 0
                ? Optional.empty()
                : Optional.of("a budget that is too small did not stop the task");
    }

    private static Optional<String> broken(EmbeddedEngine engine) throws InterruptedException {
        var seen = new Observer();
        var run = session(engine, BROKEN, PLENTY, seen);
        return run.outcome() instanceof EngineOutcome.Completed && seen.retries() == 1
                ? Optional.empty()
                : Optional.of("an error in the middle of a stream was not survived");
    }

    private static EngineRun session(EmbeddedEngine engine, String goal, Money budget, Observer seen)
            throws InterruptedException {
        return engine.run(session(goal, budget, seen, Optional.empty()));
    }

    static Session session(String goal, Money budget, Observer seen, Optional<Secret> key) {
        return new Session(
                "drift",
                goal,
                SystemText.withoutManifest(),
                RehearsalServer.MODEL,
                4,
                key,
                seen,
                new Spend(price(), new TaskBudget(budget)),
                Deadline.in(LIMIT, Ticker.system()),
                seen,
                new StopSignal(),
                true);
    }

    private static ModelPrice price() {
        return Prices.builtIn().price(RehearsalServer.MODEL).orElseThrow();
    }

    private static ScriptLibrary library() {
        return ScriptLibrary.builtIn()
                .with(
                        script(WHOLE, TURNS),
                        script(
                                BROKEN,
                                "  - {say: I look at the table and tell what is there,"
                                        + " fault: {sse_error: overloaded_error, after_events: 4, times: 1}}\n"));
    }

    private static Script script(String name, String turns) {
        try {
            return Script.parse("rehearsal: 1\nname: " + name + "\nmatch: \"^" + name + "\"\nturns:\n" + turns);
        } catch (ConfigException e) {
            throw new IllegalStateException("a script of this class is wrong", e);
        }
    }
}
