package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a task whose caller is gone (section 11). */
final class Disconnects {
    private static final Logger LOG = LoggerFactory.getLogger(Disconnects.class);

    private final Duration grace;
    private final AuditLog audit;
    private final Ticker ticker;
    private final BiConsumer<LiveTask, Urgency> stop;

    /**
     * The rule of one server.
     *
     * @param grace how long a caller may be gone before the policy of its task acts (D11.3)
     * @param stop stops a task because of this
     */
    Disconnects(Duration grace, AuditLog audit, Ticker ticker, BiConsumer<LiveTask, Urgency> stop) {
        this.grace = grace;
        this.audit = audit;
        this.ticker = ticker;
        this.stop = stop;
    }

    /** Counts a stream as open until the handle is closed. */
    Dispatcher.Watch watch(LiveTask task) {
        task.presence().enter();
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                task.presence().leave().filter(back -> !task.over().isDone()).ifPresent(back -> gone(task, back));
            }
        };
    }

    private void gone(LiveTask task, CompletableFuture<Void> back) {
        var policy = task.order().onDisconnect().orElse(DisconnectPolicy.STOP);
        task.emit(
                EventType.STREAM,
                Json.object()
                        .put("action", "detached")
                        .put("reason", "client_gone")
                        .put("policy", policy.wire())
                        .put("grace_s", grace.toSeconds()));
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
            case STOP -> stop.accept(task, Urgency.NOW);
            case FINISH_STEP -> stop.accept(task, Urgency.AFTER_CALL);
            case CONTINUE -> LOG.info("task {} goes on without its caller", task.taskId());
        }
    }
}
