package dev.gatehouse.dispatch;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.gate.Approvals;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.id.Ids;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.time.Ticker;
import dev.gatehouse.tool.Effect;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns orders into durable tasks, runs them, and ends each of them exactly once.
 *
 * <p>One virtual thread works on a task, another watches its deadline. Neither holds a lock of this class while it waits.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** How long a stopped task may take to settle before it is ended without its executor (D12.2). */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** How long an orderly end waits for tasks whose results cannot be written (D16.4). */
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final Map<TaskKind, Executor> executors;
    private final AdmissionRules rules;
    private final Admission admission;
    private final TaskStore store;
    private final AuditLog audit;
    private final Approvals approvals;
    private final Redactor redactor;
    private final Ids ids;
    private final Clock clock;
    private final Ticker ticker;
    private final Disconnects disconnects;
    private final Map<String, LiveTask> live = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public Dispatcher(
            Map<TaskKind, Executor> executors,
            AdmissionRules rules,
            TaskStore store,
            AuditLog audit,
            Approvals approvals,
            Redactor redactor,
            Ids ids,
            Clock clock,
            Ticker ticker) {
        this.executors = Map.copyOf(executors);
        this.rules = rules;
        this.admission = new Admission(rules.policy().maxTasks(), rules.policy().maxQueue(), rules.lease());
        this.store = store;
        this.audit = audit;
        this.approvals = approvals;
        this.redactor = redactor;
        this.ids = ids;
        this.clock = clock;
        this.ticker = ticker;
        this.disconnects = new Disconnects(this::stop, rules.policy().disconnectGrace(), audit, ticker);
    }

    /** Makes a durable task of an order and starts or queues it; or says why not, and then nothing was created. */
    public Submission submit(Principal principal, Order order, Optional<Secret> key) {
        if (closing) {
            return refused(principal, Refusal.later(Refusal.Code.STOPPING, "the server is shutting down", 30));
        }
        var executor = executors.get(order.kind());
        if (executor == null) {
            return refused(
                    principal,
                    Refusal.of(
                            Refusal.Code.NOT_IMPLEMENTED,
                            "tasks of kind " + order.kind().wire() + " are not served"));
        }
        var preparation = executor.prepare(order);
        if (preparation instanceof Executor.Preparation.Refused(var why)) {
            return refused(principal, why);
        }
        var ready = (Executor.Preparation.Ready) preparation;
        if (ready.keyNeeded() && key.isEmpty()) {
            return refused(
                    principal,
                    Refusal.of(Refusal.Code.UNAUTHORIZED, "missing X-Anthropic-Api-Key header (BYOK required)"));
        }
        var obstacle = rules.obstacle(principal, order, countOf(principal))
                .or(() -> admission.obstacle(order))
                .or(rules::auditObstacle);
        if (obstacle.isPresent()) {
            return refused(principal, obstacle.get());
        }
        return create(principal, order, key, ready);
    }

    private Submission create(
            Principal principal, Order order, Optional<Secret> key, Executor.Preparation.Ready ready) {
        var id = ids.mint(Ids.Kind.TASK);
        var task =
                Task.accepted(id, order, principal, ready.engine(), ready.model(), ready.rehearsal(), clock.instant());
        var running = new LiveTask(
                order,
                principal,
                key,
                Deadline.in(order.deadline(), ticker),
                rules.manifestSha256(),
                new TaskLog(store, clock, task),
                redactor,
                audit.lastSeq());
        key.ifPresent(redactor::know);
        var entry = admission.enter(running, place -> firstWords(running, ready, place));
        if (entry == Admission.Entry.TURNED_AWAY) {
            forget(running);
            return refused(principal, Refusal.later(Refusal.Code.BUSY, "another task was quicker", 5));
        }
        live.put(id, running);
        if (!running.awaitAccepted()) {
            startAll(admission.leave(running));
            forget(running);
            return refused(principal, Refusal.later(Refusal.Code.AUDIT_UNAVAILABLE, "nothing can be recorded now", 10));
        }
        audit.note(AuditEntry.of(AuditEvent.TASK_CREATED)
                .by(AuditActors.of(principal))
                .withTask(id)
                .with("goal_sha256", Json.tree(Accepted.goalSha256(order)))
                .with("goal_len", Json.tree(order.goal().length())));
        watchDeadline(running);
        if (entry == Admission.Entry.RUN) {
            start(running);
        }
        if (order.effect() == Effect.ACTUATE && rules.latched()) {
            // The stop may have come before this task could be found by it.
            stop(running, StopCause.ESTOP, "estop", Urgency.NOW);
        }
        return new Submission.Accepted(running);
    }

    /** The first events of a task, written before anybody can start or stop it, so that nothing stands before them (D4.2). */
    private void firstWords(LiveTask task, Executor.Preparation.Ready ready, Admission.Entry entry) {
        switch (entry) {
            case TURNED_AWAY -> {}
            case RUN -> task.accept(Accepted.members(task, ready, task.order()));
            case WAIT_SLOT, WAIT_LEASE -> {
                task.accept(Accepted.members(task, ready, task.order()));
                task.emit(
                        EventType.QUEUED,
                        Json.object()
                                .put("reason", entry == Admission.Entry.WAIT_SLOT ? "slot" : "lease")
                                .put("position", admission.waiting()));
            }
        }
    }

    private void startAll(List<LiveTask> tasks) {
        tasks.forEach(this::start);
    }

    private void start(LiveTask task) {
        Thread.ofVirtual().name("task-" + task.taskId()).start(() -> work(task));
    }

    private void work(LiveTask task) {
        if (!task.awaitAccepted() || !task.claim()) {
            return;
        }
        var ending = Ending.of(TaskState.CANCELED, "", Optional.empty());
        try {
            task.lease().ifPresent(grant -> granted(task, grant.generation()));
            task.move(TaskState.RUNNING, "slot_granted");
            ending = requireNonNull(executors.get(task.order().kind()), "prepared executor")
                    .execute(task);
        } catch (InterruptedException e) {
            LOG.debug("task {} was interrupted", task.taskId());
        } catch (RuntimeException | Error e) {
            LOG.error("task {} failed inside", task.taskId(), e);
            ending = Ending.of(
                    TaskState.FAILED,
                    "",
                    Optional.of(new Ending.Fault("internal", "internal error; see the log of the server")));
        }
        end(task, ending);
    }

    private void granted(LiveTask task, long generation) {
        audit.note(AuditEntry.of(AuditEvent.LEASE)
                .by(AuditActors.of(task.principal()))
                .withTask(task.taskId())
                .withBasis(new AuditEntry.Basis(generation, null, null, null)));
        task.emit(
                EventType.LEASE,
                Json.object().put("action", "granted").put("resource", "robot").put("generation", generation));
    }

    private void end(LiveTask task, Ending ending) {
        if (!task.beginEnd()) {
            return;
        }
        approvals.voidAll(Optional.of(task.taskId()), "the task is over");
        task.finish(ending, audit.lastSeq());
        audit.note(AuditEntry.of(AuditEvent.TASK_ENDED)
                .by(AuditActors.of(task.principal()))
                .withTask(task.taskId())
                .withOutcome(Json.tree(task.task().state().wire())));
        forget(task);
        startAll(admission.leave(task));
    }

    private void forget(LiveTask task) {
        live.remove(task.taskId());
        task.key().ifPresent(key -> {
            if (live.values().stream().noneMatch(other -> sameKey(other, key))) {
                redactor.forget(key);
            }
            key.close();
        });
    }

    private static boolean sameKey(LiveTask other, Secret key) {
        return other.keyFingerprint().equals(Optional.of(key.fingerprint()));
    }

    /** Ends the task at its deadline, and ends it without its executor if that does not settle after a stop. */
    private void watchDeadline(LiveTask task) {
        var watch = Thread.ofVirtual().name("deadline-" + task.taskId()).start(() -> {
            try {
                ticker.sleepUntil(task.deadline().at());
                stop(task, StopCause.DEADLINE, "deadline", Urgency.NOW);
            } catch (InterruptedException e) {
                LOG.trace("task {} ended before its deadline", task.taskId());
            }
        });
        task.onStop(Urgency.NOW, () -> settleWithin(task, SETTLE));
        task.onStop(
                Urgency.AFTER_CALL,
                () -> settleWithin(task, atLeast(task.deadline().left(), SETTLE)));
        var _ = task.over().thenRun(watch::interrupt);
    }

    private static Duration atLeast(Duration time, Duration least) {
        return time.compareTo(least) > 0 ? time : least;
    }

    private void settleWithin(LiveTask task, Duration time) {
        var wait = Thread.ofVirtual().name("settle-" + task.taskId()).start(() -> settle(task, time));
        var _ = task.over().thenRun(wait::interrupt);
    }

    private void settle(LiveTask task, Duration time) {
        try {
            ticker.sleep(time);
        } catch (InterruptedException e) {
            LOG.trace("task {} settled by itself", task.taskId());
            return;
        }
        if (!task.over().isDone()) {
            LOG.error("task {} did not settle after a stop; it is ended without its executor", task.taskId());
            task.effectUnknown();
            end(task, Ending.of(TaskState.UNKNOWN, "", Optional.empty()));
        }
    }

    /** Tells a task to stop. False if it was over. */
    boolean stop(LiveTask task, StopCause cause, String reason, Urgency urgency) {
        if (!task.stop(cause, reason, urgency)) {
            return false;
        }
        if (task.claim()) {
            end(
                    task,
                    Ending.of(
                            cause.ending(),
                            "",
                            Optional.of(new Ending.Fault(cause.name().toLowerCase(java.util.Locale.ROOT), reason))));
        }
        return true;
    }

    /** Cancels a task on behalf of somebody who may (section 12). False if it was over. */
    public boolean cancel(LiveTask task, String reason) {
        return stop(task, StopCause.CANCELED, reason, Urgency.NOW);
    }

    /** Ends everything that may move the robot, after a stop (D8.5). Tasks that only look go on. */
    public void estopped(StopReport report) {
        rules.lease().revoke();
        for (var task : live.values()) {
            if (task.order().effect() == Effect.ACTUATE) {
                task.emit(EventType.SAFETY, SafetyEvents.estop(report));
                stop(task, StopCause.ESTOP, "estop", Urgency.NOW);
            }
        }
    }

    /** Says that the creating caller watches a task; close the handle when its stream ends. */
    public Watch watch(LiveTask task) {
        return disconnects.watch(task);
    }

    /** The same for a caller that comes back; of no effect for anybody else and for a task nobody watched from its start. */
    public Watch rewatch(String taskId, Principal principal) {
        return live(taskId)
                .filter(task -> task.principal().caller().equals(principal.caller()))
                .filter(task -> task.presence().matters())
                .map(this::watch)
                .orElseGet(Watch::ofNobody);
    }

    /** The living task with this id. */
    public Optional<LiveTask> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    /** The task with this id, living or over. */
    public Optional<Task> task(String id) throws StoreUnavailableException {
        var running = live.get(id);
        return running == null ? store.task(id) : Optional.of(running.task());
    }

    /** Reads the log of a task from after the given number on. */
    public Follower follow(String taskId, StreamLevel level, long after) {
        return new Follower(store, taskId, live(taskId), level, after, clock);
    }

    /** The same for a task that one holds; works even if it ends meanwhile. */
    public Follower follow(LiveTask task, StreamLevel level, long after) {
        return new Follower(store, task.taskId(), Optional.of(task), level, after, clock);
    }

    /** Tasks, newest first; see {@link TaskStore#list}. */
    public List<Task> list(Optional<String> caller, Optional<String> before, int limit)
            throws StoreUnavailableException {
        return store.list(caller, before, limit);
    }

    /** How many tasks are not over. */
    public int open() {
        return live.size();
    }

    private int countOf(Principal principal) {
        return (int) live.values().stream()
                .filter(t -> t.principal().caller().equals(principal.caller()))
                .count();
    }

    private Submission refused(Principal principal, Refusal refusal) {
        audit.note(AuditEntry.of(AuditEvent.TASK_REFUSED)
                .by(AuditActors.of(principal))
                .withDecision(new AuditEntry.Decision(
                        "deny", "admission", refusal.code().wire())));
        return new Submission.Refused(refusal);
    }

    /** Refuses new orders, ends every task as canceled, and waits until they are settled (D16.4). */
    @Override
    public void close() {
        closing = true;
        var open = List.copyOf(live.values());
        open.forEach(task -> stop(task, StopCause.CANCELED, "server_shutdown", Urgency.NOW));
        try {
            CompletableFuture.allOf(open.stream().map(LiveTask::over).toArray(CompletableFuture[]::new))
                    .get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.error("some tasks did not settle; the next start settles them");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task only ever completes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
