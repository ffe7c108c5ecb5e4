package dev.gatehouse.dispatch;

import dev.gatehouse.audit.AuditEntry;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;

/** Settles what a process that ended without saying goodbye left open (D1.6). Nothing is ever begun again. */
public final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);

    private Restart() {}

    /**
     * Ends every open task of the store: what had not begun is canceled, what ran is failed, or unknown if a call was let
     * through whose outcome nobody recorded.
     *
     * @throws IOException if the store or the audit cannot be read, or the ends cannot be written
     */
    public static int settle(TaskStore store, AuditLog audit, Clock clock) throws IOException {
        try {
            var open = store.open();
            if (open.isEmpty()) {
                return 0;
            }
            var intents = audit.openIntents(1);
            var written = new ArrayList<CompletableFuture<Void>>();
            for (var stored : open) {
                var task = asItsLogSays(stored, store);
                var ending = ending(task, !intents.calls(task.id()).isEmpty());
                written.add(new TaskLog(store, clock, task)
                        .append(EventType.RESULT, Results.members(ending, 0, Json.array(), artifacts(task, store)))
                        .thenRun(() -> settled(task, ending, audit)));
            }
            written.forEach(CompletableFuture::join);
            return open.size();
        } catch (StoreUnavailableException | CompletionException e) {
            throw new IOException("the tasks of the last run cannot be settled", e);
        }
    }

    /** The log is the truth; the row beside it is only quicker to read (D1.7). */
    private static Task asItsLogSays(Task stored, TaskStore store) throws StoreUnavailableException {
        var task = stored.rebuilt(store.allEvents(stored.id()));
        if (!Json.line(task.body()).equals(Json.line(stored.body()))) {
            LOG.error("task {}: what was stored of it differs from its log, which is right", task.id());
        }
        return task;
    }

    private static ArrayNode artifacts(Task task, TaskStore store) throws StoreUnavailableException {
        var out = Json.array();
        store.artifacts(task.id()).forEach(artifact -> out.add(artifact.members(task.id())));
        return out;
    }

    private static void settled(Task task, Ending ending, AuditLog audit) {
        audit.note(AuditEntry.of(AuditEvent.TASK_ENDED)
                .withTask(task.id())
                .withOutcome(Json.tree(ending.state().wire())));
        LOG.warn(
                "task {} was open when the server ended; it is {} now",
                task.id(),
                ending.state().wire());
    }

    private static Ending ending(Task task, boolean openIntent) {
        return switch (task.state()) {
            case ACCEPTED, QUEUED ->
                end(task, TaskState.CANCELED, "server_restart", "the server restarted before it began");
            case RUNNING, AWAITING_APPROVAL, STOPPING ->
                openIntent
                        ? end(
                                task,
                                TaskState.UNKNOWN,
                                "server_restart",
                                "the server ended during a call; whether the robot moved is not known")
                        : end(task, TaskState.FAILED, "server_restart", "the server ended while this task ran");
            case COMPLETED,
                    FAILED,
                    REFUSED,
                    MAX_TURNS,
                    BUDGET_EXCEEDED,
                    CANCELED,
                    DEADLINE,
                    STOPPED_DISCONNECT,
                    TOOL_DRIFT,
                    ESTOPPED,
                    UNKNOWN -> throw new IllegalStateException("an open task is over");
        };
    }

    /** What the last usage event told was spent, so that the result never names less than the caller has paid. */
    private static Ending end(Task task, TaskState state, String code, String message) {
        var turns = task.member("turn").asInt(0);
        var cost = task.member("cost_usd")
                .asDecimal(BigDecimal.ZERO)
                .movePointRight(6)
                .longValue();
        return new Ending(
                state,
                "",
                turns,
                0,
                cost,
                Json.object(),
                Optional.empty(),
                Optional.of(new Ending.Fault(code, message)));
    }
}
