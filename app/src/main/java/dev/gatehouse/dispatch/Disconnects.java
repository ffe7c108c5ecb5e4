package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.gate.AuditActors;
import dev.gatehouse.json.Json;
import dev.gatehouse.robot.StopReport;
import dev.gatehouse.time.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a task whose caller went away while it was watching, or fell silent (dispatcher.md section 11). */
final class Disconnects {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnects.class);
    private static final String CLIENT_GONE = "client_gone";
    private static final String DEADMAN_MISSED = "deadman_missed";

    private final Stopper stopper;
    private final Function<String, StopReport> halt;
    private final AuditLog audit;
    private final Ticker ticker;

    /**
     * The rules of one server.
     *
     * @param halt stops the robot without a latch and says what came of it
     */
    Disconnects(Stopper stopper, Function<String, StopReport> halt, AuditLog audit, Ticker ticker) {
        this.stopper = stopper;
        this.halt = halt;
        this.audit = audit;
        this.ticker = ticker;
    }

    /** A stream of the creating credential. */
    Watch watch(LiveTask task) {
        task.presence().enter();
        return new Watch(task, back -> gone(task, CLIENT_GONE, back));
    }

    /**
     * Stops the robot when a task that holds the lease is stopped because its caller is gone, whether or not a call is in flight:
     * nobody watches any more. It is on its way before the call is cut, and the result waits for it (D11.3).
     */
    void guard(LiveTask task) {
        var _ = task.onStop(Urgency.NOW, () -> {
            if (task.lease().isPresent() && task.stopCause().equals(Optional.of(StopCause.DISCONNECT))) {
                task.halting(CompletableFuture.supplyAsync(
                        () -> halt.apply("the caller is gone"), Thread::startVirtualThread));
            }
        });
    }

    /** Minds the promise of the caller, if it made one, until the task is over. A stream that is open keeps no such promise. */
    void mind(LiveTask task) {
        task.deadMan().ifPresent(promise -> {
            var _ = Companion.of(task, "deadman", () -> {
                while (!task.over().isDone()) {
                    ticker.sleepUntil(promise.due());
                    var missed = promise.missed();
                    if (missed.isPresent()) {
                        gone(task, DEADMAN_MISSED, missed.get());
                        var _ = CompletableFuture.anyOf(missed.get(), task.over())
                                .join();
                    }
                }
            });
        });
    }

    private void gone(LiveTask task, String reason, CompletableFuture<Void> back) {
        var grace = task.policy().disconnectGrace();
        var policy = task.order()
                .onDisconnect()
                .filter(chosen -> task.policy().disconnectAllowed().contains(chosen.wire()))
                .orElse(DisconnectPolicy.STOP);
        task.emit(
                EventType.STREAM,
                Json.object()
                        .put("action", "detached")
                        .put("reason", reason)
                        .put("policy", policy.wire())
                        .put("grace_s", grace.toMillis() / 1000.0));
        var _ = back.thenRun(() -> task.emit(
                EventType.STREAM, Json.object().put("action", "attached").put("reason", "caller_back")));
        var waiting = Companion.of(task, "disconnect", () -> {
            ticker.sleep(grace);
            act(task, policy, reason, back);
        });
        var _ = back.thenRun(waiting::interrupt);
    }

    private void act(LiveTask task, DisconnectPolicy policy, String reason, CompletableFuture<Void> back) {
        if (back.isDone() || task.over().isDone()) {
            return;
        }
        audit.note(AuditEntry.of(AuditEvent.DISCONNECT)
                .by(AuditActors.of(task.principal()))
                .withTask(task.taskId())
                .with("reason", Json.tree(reason))
                .with("policy", Json.tree(policy.wire())));
        switch (policy) {
            case STOP -> stopper.stop(task, StopCause.DISCONNECT, reason, Urgency.NOW);
            case FINISH_STEP -> stopper.stop(task, StopCause.DISCONNECT, reason, Urgency.AFTER_CALL);
            case CONTINUE -> LOG.info("task {} goes on without its caller", task.taskId());
        }
    }

    /** Tells a task to stop; false if it was over. */
    @FunctionalInterface
    interface Stopper {
        boolean stop(LiveTask task, StopCause cause, String reason, Urgency urgency);
    }
}
