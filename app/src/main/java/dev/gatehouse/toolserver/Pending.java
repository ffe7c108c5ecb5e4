package dev.gatehouse.toolserver;

import dev.gatehouse.robot.Progress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** One request on its way to a tool server and back. */
final class Pending {
    /** More than this many unheard reports of progress are not kept. */
    private static final int REPORTS = 32;

    private static final int MESSAGE = 200;

    private final long id;
    private final ObjectNode message;
    private final BooleanSupplier mayLeave;
    private final Consumer<Pending> onCancel;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    /** Reports in their order; an empty one stands behind all that came before the answer. */
    private final BlockingQueue<Optional<Runnable>> inbox = new LinkedBlockingQueue<>();

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private volatile boolean sent;
    private volatile Progress progress = Progress.none();

    private enum Stage {
        WAITING,
        SENT,
        CANCELLED
    }

    /**
     * A request.
     *
     * @param mayLeave asked once, immediately before it is written
     * @param onCancel tells the server that nobody waits any more; called if it has had the request
     */
    Pending(long id, ObjectNode message, BooleanSupplier mayLeave, Consumer<Pending> onCancel) {
        this.id = id;
        this.message = message;
        this.mayLeave = mayLeave;
        this.onCancel = onCancel;
    }

    long id() {
        return id;
    }

    ObjectNode message() {
        return message;
    }

    /** Claims the right to write it; false if it must stay here. */
    boolean leave() {
        if (!stage.compareAndSet(Stage.WAITING, Stage.SENT)) {
            return false;
        }
        if (mayLeave.getAsBoolean()) {
            sent = true;
            return true;
        }
        settle(new Reply.Withheld());
        return false;
    }

    void settle(Reply with) {
        if (reply.complete(with)) {
            inbox.add(Optional.empty());
        }
    }

    void lost() {
        settle(new Reply.Lost(sent));
    }

    boolean settled() {
        return reply.isDone();
    }

    void whenSettled(Consumer<Reply> listener) {
        var _ = reply.thenAccept(listener);
    }

    /** How far it has come, by the server's word; whoever waits is told on its own thread. */
    void report(int done, int total, String text) {
        if (inbox.size() < REPORTS) {
            var shown = text.length() <= MESSAGE ? text : text.substring(0, MESSAGE);
            inbox.add(Optional.of(() -> progress.report(done, total, shown)));
        }
    }

    /** Tells the server, once, that the answer is not wanted any more; true if that was now. */
    boolean cancel() {
        if (stage.compareAndSet(Stage.WAITING, Stage.CANCELLED)) {
            settle(new Reply.Withheld());
        } else if (!settled() && stage.compareAndSet(Stage.SENT, Stage.CANCELLED)) {
            onCancel.accept(this);
            return true;
        }
        return false;
    }

    /**
     * Waits for what becomes of it.
     *
     * @throws InterruptedException if the caller gave up; the server has been told
     */
    Reply await(Progress listener) throws InterruptedException {
        progress = listener;
        try {
            for (var next = inbox.take(); next.isPresent(); next = inbox.take()) {
                next.get().run();
            }
        } catch (InterruptedException e) {
            var _ = cancel();
            throw e;
        }
        return reply.join();
    }
}
