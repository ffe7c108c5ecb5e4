package dev.gatehouse.mcp;

import dev.gatehouse.mcp.model.Notifications;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.robot.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request that has no answer yet. What is said about it ends with its answer, or when the client does not want it any more;
 * nothing is said after that, whichever thread comes late.
 */
public final class Pending {
    private final RequestId id;
    private final Outbox told;
    private final Outbox answered;
    private boolean over;
    private boolean closing;
    private @Nullable Thread worker;

    public Pending(RequestId id, Outbox outbox) {
        this(id, outbox, outbox);
    }

    /**
     * A request whose answer goes another way than what is told about it.
     *
     * @param told for notifications
     * @param answered for the answer
     */
    Pending(RequestId id, Outbox told, Outbox answered) {
        this.id = id;
        this.told = told;
        this.answered = answered;
    }

    public RequestId id() {
        return id;
    }

    /** Says something about the request. */
    synchronized void tell(ObjectNode notification) {
        if (!over) {
            told.send(notification);
        }
    }

    /** Says the last thing about it. */
    public synchronized void answer(ObjectNode answer) {
        if (!over) {
            over = true;
            answered.send(answer);
        }
    }

    /** The client does not want an answer; the work is interrupted. */
    public synchronized void cancel() {
        over = true;
        interrupt();
    }

    /** The server shuts down: the work is interrupted and may still say that it ends. */
    synchronized void close() {
        closing = true;
        interrupt();
    }

    synchronized boolean closing() {
        return closing;
    }

    /** Names the thread that works on it; it is interrupted at once if that was asked for before. */
    public synchronized void workedOnBy(Thread thread) {
        worker = thread;
        if (over || closing) {
            thread.interrupt();
        }
    }

    private void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Carries progress to the client if it wants to know; the figure only ever grows, as the protocol demands. */
    Progress progress(Optional<JsonNode> token) {
        return token.<Progress>map(Growing::new).orElseGet(Progress::none);
    }

    private final class Growing implements Progress {
        private final JsonNode token;
        private int latest = -1;

        Growing(JsonNode token) {
            this.token = token;
        }

        @Override
        public synchronized void report(int done, int total, String message) {
            if (done > latest) {
                latest = done;
                tell(Notifications.progress(token, done, total, message));
            }
        }
    }
}
