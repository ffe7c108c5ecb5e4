package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a task whose caller went away while it was watching (dispatcher.md section 11). */
final class Disconnects {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnects.class);

    private final Stopper stopper;
    private final Duration grace;
    private final AuditLog audit;
    private final Ticker ticker;

    Disconnects(Stopper stopper, Duration grace, AuditLog audit, Ticker ticker) {
        this.stopper = stopper;
        this.grace = grace;
        this.audit = audit;
        this.ticker = ticker;
    }

    /** A stream of the creating caller. */
    Watch watch(LiveTask task) {
        task.presence().enter();
        return new Watch(task, back -> gone(task, back));
    }

    private void gone(LiveTask task, CompletableFuture<Void> back) {
        var policy = task.order().onDisconnect().orElse(DisconnectPolicy.STOP);
        task.emit(
                EventType.STREAM,
                Json.object()
                        .put("action", "detached")
                        .put("reason", "client_gone")
                        .put("policy", policy.wire())
                        .put("grace_s", grace.toMillis() / 1000.0));
        var _ = back.thenRun(() -> task.emit(EventType.STREAM, Json.object().put("action", "attached")));
        var waiting =
                Thread.ofVirtual().name("disconnect-" + task.taskId()).start(() -> waitAndAct(task, policy, back));
        var _ = CompletableFuture.anyOf(back, task.over()).thenRun(waiting::interrupt);
    }

    private void waitAndAct(LiveTask task, DisconnectPolicy policy, CompletableFuture<Void> back) {
        try {
            ticker.sleep(grace);
        } catch (InterruptedException e) {
            LOG.trace("task {}: the caller is back, or the task is over", task.taskId());
            return;
        }
        if (back.isDone() || task.over().isDone()) {
            return;
        }
        audit.note(AuditEntry.of(AuditEvent.DISCONNECT).withTask(task.taskId()));
        switch (policy) {
            case STOP -> stopper.stop(task, StopCause.DISCONNECT, "client_gone", Urgency.NOW);
            case FINISH_STEP -> stopper.stop(task, StopCause.DISCONNECT, "client_gone", Urgency.AFTER_CALL);
            case CONTINUE -> LOG.info("task {} goes on without its caller", task.taskId());
        }
    }

    /** Tells a task to stop; false if it was over. */
    @FunctionalInterface
    interface Stopper {
        boolean stop(LiveTask task, StopCause cause, String reason, Urgency urgency);
    }
}
