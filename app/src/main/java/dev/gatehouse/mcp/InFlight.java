package dev.gatehouse.mcp;

import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of one connection that have no answer yet. Each is worked on by a thread of its own, so that none waits for
 * another; a stop least of all (robot-md.md 10.7).
 */
final class InFlight implements AutoCloseable {
    /** Requests at the same time; whoever wants more is flooding. A stop and a ping are always taken in. */
    private static final int MAX = 64;

    /** How long what was asked may go on after the client closed its end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** How long interrupted work may take to end; a cut motion settles within this. */
    private static final Duration SETTLE = Duration.ofSeconds(6);

    private final Map<RequestId, Work> open = new ConcurrentHashMap<>();
    private final McpService service;

    InFlight(McpService service) {
        this.service = service;
    }

    /** Makes an answer. */
    @FunctionalInterface
    interface Answering {
        ObjectNode answer(Pending pending) throws RpcException, InterruptedException;
    }

    private record Work(Pending pending, CompletableFuture<Void> over) {}

    /**
     * Starts to work on a request.
     *
     * @param over runs when the request is dealt with, answered or not
     */
    void start(Frame.Request request, Pending pending, Answering answering, Runnable over) {
        var work = new Work(pending, new CompletableFuture<>());
        if (open.size() >= MAX && !service.urgent(request)) {
            pending.answer(Frames.error(
                    Optional.of(request.id()),
                    RpcError.of(RpcError.INTERNAL_ERROR, "more than " + MAX + " requests at the same time")));
            over.run();
        } else if (open.putIfAbsent(request.id(), work) != null) {
            pending.answer(Frames.error(Optional.empty(), RpcError.invalidRequest("the id is in use")));
            over.run();
        } else {
            var thread = Thread.ofVirtual().name("mcp-request").unstarted(() -> {
                run(pending, answering);
                open.remove(request.id());
                over.run();
                work.over().complete(null);
            });
            pending.workedOnBy(thread);
            thread.start();
        }
    }

    private void run(Pending pending, Answering answering) {
        try {
            pending.answer(Frames.result(pending.id(), answering.answer(pending)));
        } catch (RpcException e) {
            pending.answer(Frames.error(Optional.of(pending.id()), e.error()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            pending.answer(Frames.error(Optional.of(pending.id()), service.failed(e)));
        }
    }

    /** Ends a request that the client does not want answered any more; an unknown id is ignored, as the protocol says. */
    void cancel(RequestId id) {
        var work = open.get(id);
        if (work != null) {
            work.pending().cancel();
        }
    }

    /** Waits a moment for what is under way, then interrupts it and waits until it has settled. */
    @Override
    public void close() {
        if (!settled(LAST_WORDS)) {
            open.values().forEach(work -> work.pending().close());
            settled(SETTLE);
        }
    }

    private boolean settled(Duration atMost) {
        var all = open.values().stream().map(Work::over).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("work only ever ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
