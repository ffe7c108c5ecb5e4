package dev.gatehouse.dispatch;

import dev.gatehouse.gate.GateBench;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.ManualTicker;
import dev.gatehouse.tool.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dispatcher with a real store, gate and audit; the executor is a script, and time moves when the test says so. */
public final class DispatchBench implements AutoCloseable {
    /** What a task does. */
    public interface Script {
        /** See {@link Executor#execute}. */
        Ending run(LiveTask task) throws InterruptedException;
    }

    /** On the scale of the gate's own ticker, which compares the deadlines of tasks with it. */
    public final ManualTicker ticker = new ManualTicker(System.nanoTime());

    public final GateBench gate;
    public final Dispatcher dispatcher;
    public final ArtifactFiles files;
    final TaskStore store;
    private volatile Script script = task -> done();

    public DispatchBench(Path directory) {
        this(directory, "version: 1");
    }

    public DispatchBench(Path directory, String policy) {
        this(directory, GateBench.Setup.standard().under(policy));
    }

    public DispatchBench(Path directory, GateBench.Setup setup) {
        gate = new GateBench(directory, setup);
        try {
            store = TaskStore.open(directory);
            files = ArtifactFiles.open(directory, gate.redactor, gate.clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var executor = new Executor() {
            @Override
            public Preparation prepare(Principal principal, Order order) {
                return new Preparation.Ready("scripted", "none", true, false);
            }

            @Override
            public Ending execute(LiveTask task) throws InterruptedException {
                return script.run(task);
            }
        };
        dispatcher = new Dispatcher(
                Map.of(TaskKind.AGENT, executor, TaskKind.CALL, executor),
                new AdmissionRules(
                        () -> gate.policy,
                        gate.manifest,
                        gate.robot.interlock(),
                        gate.lease,
                        gate.audit,
                        gate.credentials),
                store,
                gate.audit,
                gate.approvals,
                gate.redactor,
                gate.ids,
                gate.clock,
                ticker);
    }

    /** From now on every task does this. */
    public void script(Script to) {
        script = to;
    }

    public static Ending done() {
        return Ending.of(TaskState.COMPLETED, "done", Optional.empty());
    }

    static Order order(Effect effect, boolean queue) {
        return order("pick it up", effect, queue, Optional.empty());
    }

    /** An order with a deadline of 60 s. */
    public static Order order(String goal, Effect effect, boolean queue, Optional<DisconnectPolicy> policy) {
        return order(goal, effect, queue, policy, Optional.empty());
    }

    /** The same of a caller that promises to say that it is still there. */
    static Order order(
            String goal, Effect effect, boolean queue, Optional<DisconnectPolicy> policy, Optional<Duration> deadMan) {
        return new Order(
                TaskKind.AGENT,
                goal,
                20,
                500_000,
                effect,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(60),
                queue,
                StreamLevel.PROGRESS,
                policy,
                deadMan,
                Duration.ofMinutes(5),
                false,
                Map.of(),
                List.of(),
                Optional.empty(),
                Arrival.DIRECT);
    }

    LiveTask submit(Effect effect, boolean queue) {
        return submit(gate.mover(), order(effect, queue), Optional.empty());
    }

    /** The task of an order that must be accepted. */
    public LiveTask submit(Principal who, Order order, Optional<Secret> key) {
        return switch (dispatcher.submit(who, order, key)) {
            case Submission.Accepted(var task) -> task;
            case Submission.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    /** A task that no dispatcher knows. */
    LiveTask loose(Effect effect) {
        return loose(order(effect, true));
    }

    LiveTask loose(Order order) {
        var task = Task.accepted(
                gate.ids.mint(dev.gatehouse.id.Ids.Kind.TASK),
                order,
                gate.mover(),
                "scripted",
                "none",
                true,
                gate.clock.instant());
        return new LiveTask(
                order,
                gate.mover(),
                Optional.empty(),
                Deadline.in(order.deadline(), ticker),
                () -> gate.policy,
                "",
                new TaskLog(store, gate.clock, task),
                gate.redactor,
                0);
    }

    /** All events of a task that is over. */
    public List<TaskEvent> events(LiveTask task) {
        try {
            return store.events(task.taskId(), 0, 100_000);
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        gate.close();
    }
}
