package dev.gatehouse.dispatch;

import dev.gatehouse.gate.ActuateLease;
import dev.gatehouse.gate.GateEvent;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.Principal;
import dev.gatehouse.gate.TaskScope;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.InterlockState;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.secret.Redactor;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.tool.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A task that is not over: its log, who asked, what it may do, and the one place where it is told to stop. */
public final class LiveTask implements TaskScope {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTask.class);

    private final Order order;
    private final Principal principal;
    private final Optional<Secret> key;
    private final Deadline deadline;
    private final long startedAt;
    private final Supplier<Policy> inForce;
    private final Policy begunUnder;
    private final String manifestSha256;
    private final TaskLog log;
    private final Redactor redactor;
    private final Presence presence = new Presence();
    private final Optional<DeadMan> deadMan;
    private final Set<StopAction> stopActions = new LinkedHashSet<>();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long auditBefore;
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final ArrayNode denials = Json.array();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable StopCause stopCause;
    private @Nullable Urgency stopUrgency;
    private ActuateLease.@Nullable Grant lease;
    private boolean effectUnknown;
    private boolean stopTold;
    private @Nullable CompletableFuture<StopReport> halt;
    private @Nullable StopReport halted;

    LiveTask(
            Order order,
            Principal principal,
            Optional<Secret> key,
            Deadline deadline,
            Supplier<Policy> inForce,
            String manifestSha256,
            TaskLog log,
            Redactor redactor,
            long auditBefore) {
        this.order = order;
        this.principal = principal;
        this.key = key;
        this.deadline = deadline;
        this.deadMan = order.deadMan().map(every -> new DeadMan(every, deadline.ticker()));
        this.startedAt = deadline.ticker().nanoTime();
        this.inForce = inForce;
        this.begunUnder = inForce.get();
        this.manifestSha256 = manifestSha256;
        this.log = log;
        this.redactor = redactor;
        this.auditBefore = auditBefore;
    }

    public Order order() {
        return order;
    }

    public Principal principal() {
        return principal;
    }

    /** The caller's model key; wiped when the task ends. */
    public Optional<Secret> key() {
        return key;
    }

    /** The task as it stands. */
    public Task task() {
        return log.task();
    }

    TaskLog log() {
        return log;
    }

    /** Who watches. */
    Presence presence() {
        return presence;
    }

    /** What the caller promised, if it did. */
    Optional<DeadMan> deadMan() {
        return deadMan;
    }

    /** Adds an event, with every known secret taken out first (D4.6). */
    public void emit(EventType type, ObjectNode members) {
        var _ = record(type, members);
    }

    /** The same, for events that somebody must wait for. */
    CompletableFuture<Void> record(EventType type, ObjectNode members) {
        return log.append(type, (ObjectNode) redactor.clean(members));
    }

    /** Writes the first event, and with it the key the task was ordered under. */
    CompletableFuture<Void> accepted(ObjectNode members, Optional<IdempotencyKey> under) {
        return log.accept((ObjectNode) redactor.clean(members), under);
    }

    /** Shows text as the model writes it. */
    public void delta(int turn, String text) {
        if (order.deltas()) {
            log.delta(turn, redactor.clean(text));
        }
    }

    /** Moves to another state, if the task may; a task that is stopping or over stays what it is. */
    synchronized void move(TaskState to, String reason) {
        var from = task().state();
        if (from.mayBecome(to) && !(from == TaskState.STOPPING && !to.terminal())) {
            emit(
                    EventType.STATE,
                    Json.object().put("from", from.wire()).put("to", to.wire()).put("reason", reason));
        }
    }

    /** Says whether the task is durable; until then nothing acts for it (D1.1). */
    void open(boolean durable) {
        opened.complete(durable);
    }

    /** Waits until the task is durable; false if it never will be. */
    boolean awaitOpen() {
        return opened.join();
    }

    /** Claims the one right to conclude the task; true for the first who asks (D1.4). */
    boolean conclude() {
        return ended.compareAndSet(false, true);
    }

    /** Claims the one right to work on the task or to end it unworked; true for the first who asks. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /**
     * Tells the task to stop. The strongest cause is the one that is recorded (D1.5).
     *
     * @param urgency whether a running call is cut or may end
     * @return false if the task was over
     */
    boolean stop(StopCause cause, String reason, Urgency urgency) {
        var due = new ArrayList<StopAction>();
        synchronized (this) {
            if (task().state().terminal()) {
                return false;
            }
            if (stopCause == null) {
                move(TaskState.STOPPING, reason);
            }
            if (stopCause == null || cause.compareTo(stopCause) > 0) {
                stopCause = cause;
            }
            if (stopUrgency == null || urgency.includes(stopUrgency)) {
                stopUrgency = urgency;
            }
            stopActions.removeIf(action -> urgency.includes(action.urgency()) && due.add(action));
        }
        due.forEach(action -> action.run().run());
        return true;
    }

    /**
     * Runs an action when the task is told to stop with at least this urgency, at once if it was told so already. The action
     * must be quick and must not throw.
     */
    public Registration onStop(Urgency urgency, Runnable run) {
        var action = new StopAction(urgency, run);
        synchronized (this) {
            if (stopUrgency == null || !stopUrgency.includes(urgency)) {
                stopActions.add(action);
                return () -> forget(action);
            }
        }
        run.run();
        return () -> {};
    }

    private synchronized void forget(StopAction action) {
        stopActions.remove(action);
    }

    synchronized Optional<StopCause> stopCause() {
        return Optional.ofNullable(stopCause);
    }

    synchronized void hold(ActuateLease.Grant grant) {
        lease = grant;
    }

    synchronized Optional<ActuateLease.Grant> lease() {
        return Optional.ofNullable(lease);
    }

    /** Writes into the log that the robot was stopped, once however often it is told; it is there when this returns. */
    synchronized void tellStop(InterlockState interlock) {
        if (!stopTold) {
            stopTold = true;
            emit(EventType.SAFETY, SafetyEvents.estop(interlock));
        }
    }

    /** A stop of the robot is on its way because of this task; its result waits for what comes of it. */
    synchronized void halting(CompletableFuture<StopReport> report) {
        halt = report;
    }

    /** Waits for the stop that is on its way, if there is one, and tells of it. */
    void awaitHalt() {
        CompletableFuture<StopReport> pending;
        synchronized (this) {
            pending = halt;
        }
        if (pending != null) {
            tellHalt(pending.join());
        }
    }

    /** Writes into the log that the robot was stopped without a latch, and what came of it, once. */
    synchronized void tellHalt(StopReport report) {
        if (halted == null) {
            halted = report;
            SafetyEvents.protective(report).forEach(event -> emit(EventType.SAFETY, event));
        }
    }

    @Override
    public void robotStopped() {
        var _ = stop(StopCause.ESTOP, "estop", Urgency.NOW);
    }

    /** Says that a call was left alone and nobody knows what it did. */
    public synchronized void effectUnknown() {
        effectUnknown = true;
    }

    /**
     * Writes the one terminal result and wipes the key.
     *
     * @param auditLast number of the latest audit record; with the one before the task it bounds what is to be read about it
     * @return completes when the result is durable, or cannot be; the owner then calls {@link #gone}
     */
    CompletableFuture<Void> finish(Ending ending, long auditLast) {
        CompletableFuture<Void> written;
        synchronized (this) {
            var members = Results.members(settled(ending), age().toMillis(), denials, log.artifacts());
            Results.audited(members, auditBefore + 1, auditLast);
            if (halted != null) {
                members.set("stop", halted.stop().json());
            }
            written = record(EventType.RESULT, members);
        }
        key.ifPresent(Secret::close);
        return written.handle((done, failure) -> {
            if (failure != null) {
                // The store still says the task is open; the next start settles it (D1.6).
                LOG.error("task {}: its result could not be written", taskId());
            }
            return null;
        });
    }

    /** Keeps what an executor says that came back after the task was ended without it (D1.4). */
    void late(Ending ending) {
        var evidence = Json.object()
                .put("type", "late_ending")
                .put("status", ending.state().wire());
        ending.fault().ifPresent(fault -> evidence.put("code", fault.code()));
        var _ = log.annotate(evidence);
    }

    /** Tells everybody who waits for the end of the task. */
    void gone() {
        over.complete(null);
    }

    /** Time since the order was accepted. */
    Duration age() {
        return Duration.ofNanos(deadline.ticker().nanoTime() - startedAt);
    }

    /** Completes when the task is over: its result is durable, what it held is given back, and its key is forgotten. */
    public CompletableFuture<Void> over() {
        return over;
    }

    private Ending settled(Ending ending) {
        if (stopCause == StopCause.ESTOP || (stopCause != null && !effectUnknown)) {
            return stopCause.of(ending);
        }
        return effectUnknown
                ? ending.as(
                        TaskState.UNKNOWN,
                        Optional.of(new Ending.Fault("tool_timeout", "a call did not end; its effect is not known")))
                : ending;
    }

    @Override
    public String taskId() {
        return task().id();
    }

    @Override
    public Effect ceiling() {
        return order.effect();
    }

    @Override
    public synchronized Optional<Long> leaseGeneration() {
        return Optional.ofNullable(lease).map(ActuateLease.Grant::generation);
    }

    @Override
    public Optional<String> keyFingerprint() {
        return key.map(Secret::fingerprint);
    }

    @Override
    public Policy policy() {
        return begunUnder.and(inForce.get());
    }

    @Override
    public String manifestSha256() {
        return manifestSha256;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public Duration approvalWait() {
        return order.approvalWait();
    }

    @Override
    public synchronized boolean ending() {
        return stopCause != null || task().state().terminal();
    }

    @Override
    public void witness(GateEvent event) {
        GateEventLog.write(this, event, denials);
    }

    /** How hard a stop comes. */
    public enum Urgency {
        /** Nothing new begins; a running call may end. */
        AFTER_CALL,
        /** A running call is cut. */
        NOW;

        boolean includes(Urgency action) {
            return action.compareTo(this) <= 0;
        }
    }

    /** Takes a stop action back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
