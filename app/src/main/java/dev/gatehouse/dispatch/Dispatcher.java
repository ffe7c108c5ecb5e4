package dev.gatehouse.dispatch;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.gate.Approvals;
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
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns orders into durable tasks, runs them, and ends each of them exactly once.
 *
 * <p>One virtual thread works on a task, another watches its deadline. Neither holds a lock of this class while it waits.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** How long an orderly end waits for tasks whose results cannot be written (D16.4). */
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final OrderCheck check;
    private final AdmissionRules rules;
    private final Admission admission;
    private final TaskStore store;
    private final TaskAudit audit;
    private final Approvals approvals;
    private final Redactor redactor;
    private final Ids ids;
    private final Clock clock;
    private final Ticker ticker;
    private final LiveTasks live;
    private final Intake intake;
    private final Tasks tasks;
    private final Disconnects disconnects;
    private final Overdue overdue;
    private final LeaseRecords leases;
    /** Held while a task gets its place, so that counts and keys are seen by one at a time; nothing waits under it. */
    private final Object creating = new Object();

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
        this.check = new OrderCheck(executors, rules);
        this.rules = rules;
        this.admission = new Admission(
                () -> rules.policy().maxTasks(), () -> rules.policy().maxQueue(), rules.lease());
        this.store = store;
        this.audit = new TaskAudit(audit);
        this.approvals = approvals;
        this.redactor = redactor;
        this.live = new LiveTasks(redactor);
        this.tasks = new Tasks(store, live, clock);
        this.intake = new Intake(
                check, new KeyClaims(store, KeyClaims.PATIENCE), tasks, this.audit, this::admit, () -> closing);
        this.ids = ids;
        this.clock = clock;
        this.ticker = ticker;
        this.disconnects = new Disconnects(this::stop, rules::protectiveStop, audit, ticker);
        this.leases = new LeaseRecords(audit);
        this.overdue =
                new Overdue(ticker, task -> stop(task, StopCause.DEADLINE, "deadline", Urgency.NOW), this::unsettled);
        rules.lease().onFree(() -> startAll(admission.promote()));
    }

    /** Makes a durable task of an order and starts or queues it; or says why not, and then nothing was created. */
    public Submission submit(Principal principal, Order order, Optional<Secret> key) {
        return intake.submit(new Asked(principal, order, key));
    }

    /**
     * The same for an order that may be a repetition: under one key there is one task, whatever happens between (D13.3). What
     * is refused stores nothing under the key (D13.4).
     *
     * @throws StoreUnavailableException if nobody can say whether the order is a repetition
     */
    public KeyedSubmission submit(Principal principal, Order order, Optional<Secret> key, IdempotencyKey under)
            throws StoreUnavailableException, InterruptedException {
        return intake.submit(new Asked(principal, order, key), under);
    }

    private Submission admit(Asked asked, Executor.Preparation.Ready ready, Optional<IdempotencyKey> under) {
        return rules.obstacle(asked.principal(), asked.order(), live.countOf(asked.principal()))
                .or(() -> admission.obstacle(asked.order()))
                .or(rules::auditObstacle)
                .map(Dispatcher::refused)
                .orElseGet(() -> create(asked, ready, under));
    }

    private Submission create(Asked asked, Executor.Preparation.Ready ready, Optional<IdempotencyKey> under) {
        LiveTask task;
        Admission.Entry entry;
        CompletableFuture<Void> durable;
        synchronized (creating) {
            var tooMany = AdmissionRules.taskCount(asked.principal(), live.countOf(asked.principal()));
            if (tooMany.isPresent()) {
                return refused(tooMany.get());
            }
            asked.key().ifPresent(live::know);
            task = living(asked, ready);
            entry = admission.enter(task);
            if (entry == Admission.Entry.TURNED_AWAY) {
                asked.key().ifPresent(live::forget);
                return refused(
                        asked.order().queue()
                                ? Refusal.later(Refusal.Code.NO_CAPACITY, "the queue is full", 5)
                                : Refusal.later(Refusal.Code.BUSY, "another task was quicker", 5));
            }
            // The first events are written before anybody else can see the task, so that they are the first (D4.2).
            durable = task.accepted(Accepted.members(task, ready, asked.order(), under.isPresent()), under);
            if (entry != Admission.Entry.RUN) {
                task.emit(
                        EventType.QUEUED,
                        Json.object()
                                .put("reason", entry == Admission.Entry.WAIT_SLOT ? "slot" : "lease")
                                .put("position", admission.waiting()));
            }
            live.add(task);
        }
        return opened(task, entry, durable);
    }

    /** Lets in who can go now that the operator allows something else. */
    public void policyChanged() {
        startAll(admission.promote());
    }

    private LiveTask living(Asked asked, Executor.Preparation.Ready ready) {
        var order = asked.order();
        var accepted = Task.accepted(
                ids.mint(Ids.Kind.TASK),
                order,
                asked.principal(),
                ready.engine(),
                ready.model(),
                ready.rehearsal(),
                clock.instant());
        return new LiveTask(
                order,
                asked.principal(),
                asked.key(),
                Deadline.in(order.deadline(), ticker),
                rules::policy,
                rules.manifestSha256(),
                new TaskLog(store, clock, accepted.redacted(redactor)),
                redactor,
                audit.lastSeq());
    }

    private Submission opened(LiveTask task, Admission.Entry entry, CompletableFuture<Void> durable) {
        try {
            durable.join();
        } catch (CompletionException e) {
            LOG.error("task store cannot write; the order was refused", e.getCause());
            task.open(false);
            if (task.conclude()) {
                startAll(admission.leave(task));
                forget(task);
                task.gone();
            }
            return refused(Refusal.later(Refusal.Code.AUDIT_UNAVAILABLE, "nothing can be recorded now", 10));
        }
        audit.created(task);
        overdue.watch(task);
        disconnects.mind(task);
        task.open(true);
        if (entry == Admission.Entry.RUN) {
            start(task);
        }
        // A stop, a revocation or a shutdown that came while the task was created did not find it among the living.
        if (mayMove(task) && rules.latched()) {
            stop(task, StopCause.ESTOP, "estop", Urgency.NOW);
        }
        revoke(task);
        if (closing) {
            stop(task, StopCause.CANCELED, "server_shutdown", Urgency.NOW);
        }
        return new Submission.Accepted(task);
    }

    private void startAll(List<LiveTask> tasks) {
        tasks.forEach(this::start);
    }

    private void start(LiveTask task) {
        Thread.ofVirtual().name("task-" + task.taskId()).start(() -> work(task));
    }

    private void work(LiveTask task) {
        if (!task.awaitOpen() || !task.claim()) {
            return;
        }
        var ending = Ending.of(TaskState.CANCELED, "", Optional.empty());
        try {
            disconnects.guard(task);
            leases.granted(task);
            task.move(TaskState.RUNNING, "slot_granted");
            ending = requireNonNull(check.executors().get(task.order().kind()), "prepared executor")
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

    private void end(LiveTask task, Ending ending) {
        if (task.conclude()) {
            conclude(task, ending);
        } else {
            LOG.warn("task {} was ended before its executor came back", task.taskId());
            task.late(ending);
        }
    }

    private void conclude(LiveTask task, Ending ending) {
        approvals.voidAll(Optional.of(task.taskId()), "the task is over");
        task.awaitHalt();
        leases.released(task);
        if (mayMove(task) && rules.latched()) {
            // The stop reached the robot before the news of it reached this task; it hit the task all the same (D8.5).
            task.stop(StopCause.ESTOP, "estop", Urgency.NOW);
            task.tellStop(rules.interlock());
        }
        live.over(task);
        var written = task.finish(ending, audit.lastSeq());
        audit.ended(task);
        startAll(admission.leave(task));
        // Until the result is durable the task is found among the living, so that no reader misses it.
        var _ = written.thenRun(() -> {
            forget(task);
            task.gone();
        });
    }

    private void forget(LiveTask task) {
        synchronized (creating) {
            live.remove(task);
        }
    }

    /** A stopped task did not come back in time; its effect may be unknown. */
    private void unsettled(LiveTask task) {
        if (task.conclude()) {
            LOG.error("task {} did not settle after a stop; it is ended without its executor", task.taskId());
            if (mayMove(task)) {
                task.effectUnknown();
            }
            conclude(task, Ending.of(TaskState.UNKNOWN, "", Optional.empty()));
        }
    }

    /** Tells a task to stop. False if it was over. */
    boolean stop(LiveTask task, StopCause cause, String reason, Urgency urgency) {
        if (!task.stop(cause, reason, urgency)) {
            return false;
        }
        if (task.claim()) {
            end(task, cause.unbegun(reason));
        }
        return true;
    }

    /** Cancels a task on behalf of somebody who may (section 12). False if it was over. */
    public boolean cancel(LiveTask task, String reason) {
        return stop(task, StopCause.CANCELED, reason, Urgency.NOW);
    }

    /** Ends everything that may move the robot, after a stop (D8.5). Tasks that only look go on. */
    public void estopped() {
        rules.lease().revoke();
        approvals.voidAll(Optional.empty(), "the robot was stopped");
        live.all().stream().filter(Dispatcher::mayMove).forEach(task -> {
            task.tellStop(rules.interlock());
            stop(task, StopCause.ESTOP, "estop", Urgency.NOW);
        });
    }

    /** Ends the task that held a lease which lapsed; the robot was stopped for it (D9.3). */
    public void leaseLost(String holder, StopReport stopped) {
        live(holder).ifPresent(task -> {
            leases.lost(task);
            task.tellHalt(stopped);
            stop(task, StopCause.LEASE_LOST, "lease_lost", Urgency.NOW);
        });
    }

    /** Ends all tasks, because the tools are no longer those they began with (D6.7). */
    public void toolDrift() {
        live.all().forEach(task -> stop(task, StopCause.TOOL_DRIFT, "tool_drift", Urgency.NOW));
    }

    /** Takes note that the caller of a task is still there, if it promised to say so (D11.6). */
    public void renew(LiveTask task) {
        task.deadMan().ifPresent(DeadMan::renew);
    }

    /** Ends what may move the robot for callers who may no longer have it moved (D2.8). */
    public void revoked() {
        live.all().forEach(this::revoke);
    }

    private void revoke(LiveTask task) {
        if (mayMove(task) && !rules.granted(task.principal())) {
            cancel(task, "credential_revoked");
        }
    }

    /** Says that the creating credential watches a task; close the handle when its stream ends. */
    public Watch watch(LiveTask task) {
        return disconnects.watch(task);
    }

    /** The same for one that comes back; of no effect for anybody else and for a task nobody watched from its start. */
    public Watch rewatch(String taskId, Principal principal) {
        return live(taskId)
                .filter(task -> task.principal().credentialId().equals(principal.credentialId()))
                .filter(task -> task.presence().matters())
                .map(this::watch)
                .orElseGet(Watch::ofNobody);
    }

    /** The living task with this id. */
    public Optional<LiveTask> live(String id) {
        return live.find(id);
    }

    /** What can be read of tasks, living or over. */
    public Tasks tasks() {
        return tasks;
    }

    /** How many tasks are not over. */
    public int open() {
        return live.count();
    }

    /** How many tasks there are in which state, and what became of the others. */
    public Census census() {
        return admission.census(live);
    }

    private static boolean mayMove(LiveTask task) {
        return task.ceiling() == Effect.ACTUATE;
    }

    private static Submission refused(Refusal refusal) {
        return new Submission.Refused(refusal);
    }

    /** Refuses new orders, ends every task as canceled, and waits until they are settled (D16.4). */
    @Override
    public void close() {
        closing = true;
        var open = live.all();
        open.forEach(task -> stop(task, StopCause.CANCELED, "server_shutdown", Urgency.NOW));
        LiveTasks.await(open, SHUTDOWN);
    }
}
