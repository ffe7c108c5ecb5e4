package dev.gatehouse.bench;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.audit.AuditSettings;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.dispatch.AdmissionRules;
import dev.gatehouse.dispatch.Arrival;
import dev.gatehouse.dispatch.Dispatcher;
import dev.gatehouse.dispatch.Ending;
import dev.gatehouse.dispatch.Executor;
import dev.gatehouse.dispatch.LiveTask;
import dev.gatehouse.dispatch.Order;
import dev.gatehouse.dispatch.StreamLevel;
import dev.gatehouse.dispatch.Submission;
import dev.gatehouse.dispatch.TaskKind;
import dev.gatehouse.dispatch.TaskStore;
import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Confirmations;
import dev.gatehouse.gate.PinnedManifest;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.robot.Interlock;
import dev.gatehouse.robot.LatchStore;
import dev.gatehouse.robot.Robot;
import dev.gatehouse.robot.StopChannel;
import dev.gatehouse.robot.StopSettings;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dispatcher with a real store, policy, manifest and audit, and an executor that does what the measurement says. */
final class DispatchHouse implements AutoCloseable {
    final AuditLog audit;
    final TaskStore store;
    final Dispatcher dispatcher;
    private final Robot robot;
    private final Principal principal;

    /**
     * Opens it.
     *
     * @param slots tasks that are worked on at once; the others wait in the queue
     */
    DispatchHouse(Scratch scratch, int slots, Work work) throws Exception {
        var ticker = Ticker.system();
        var clock = Clock.systemUTC();
        var ids = new Ids();
        Files.createDirectories(scratch.state());
        audit = AuditLog.open(AuditSettings.of(scratch.state().resolve("audit"), ids.mint(Ids.Kind.BOOT)));
        store = TaskStore.open(scratch.state());
        var credentials = BearersFile.read(scratch.bearers(), clock);
        principal = credentials.authenticate(Scratch.TOKEN).orElseThrow();
        var policy = Policy.read(
                StrictYaml.read("{version: 1, limits: {max_tasks: %d, max_queue: 100000}}".formatted(slots)));
        var manifest = new PinnedManifest(new ManifestFile(scratch.manifest(), ticker));
        var latch = LatchStore.file(scratch.directory().resolve("estop.json"));
        robot = Robot.without(Interlock.open(latch, StopChannel.none(), ticker, clock, ids, StopSettings::standard));
        dispatcher = new Dispatcher(
                Map.of(TaskKind.AGENT, executor(work)),
                new AdmissionRules(
                        () -> policy, manifest, robot.interlock(), new ActuateLease(0, ticker), audit, credentials),
                store,
                audit,
                new Approvals(
                        () -> policy,
                        new Confirmations(new SecureRandom(), ticker),
                        () -> manifest.now().sha256(),
                        ids,
                        clock,
                        ticker),
                new Redactor(credentials::knows),
                ids,
                clock,
                ticker);
    }

    /** What a task does. */
    interface Work {
        Ending run(LiveTask task) throws InterruptedException;
    }

    private static Executor executor(Work work) {
        return new Executor() {
            @Override
            public Preparation prepare(Principal who, Order order) {
                return new Preparation.Ready("measured", "none", true, false);
            }

            @Override
            public Ending execute(LiveTask task) throws InterruptedException {
                return work.run(task);
            }
        };
    }

    /** Orders a task that may wait, and returns when it is durable. */
    LiveTask order() {
        var order = new Order(
                TaskKind.AGENT,
                "look at the table and say whether the red cube is on it",
                20,
                500_000,
                Effect.OBSERVE,
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(1),
                true,
                StreamLevel.PROGRESS,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5),
                false,
                Map.of("job", "measure"),
                List.of(),
                Optional.empty(),
                Arrival.DIRECT);
        return switch (dispatcher.submit(principal, order, Optional.empty())) {
            case Submission.Accepted(var task) -> task;
            case Submission.Refused(var refusal) -> throw new IllegalStateException(refusal.detail());
        };
    }

    @Override
    public void close() throws IOException, SQLException {
        dispatcher.close();
        store.close();
        robot.close();
        audit.close();
    }
}
