package dev.gatehouse.mcp;

import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final Map<RequestId, Pending> open = new ConcurrentHashMap<>();
    /** Those above, and those whose answer is just being sent: their ids are free again. */
    private final Set<Work> working = ConcurrentHashMap.newKeySet();

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
        if (open.size() >= MAX && !service.urgent(request)) {
            pending.answer(Frames.error(
                    Optional.of(request.id()),
                    RpcError.of(RpcError.INTERNAL_ERROR, "more than " + MAX + " requests at the same time")));
            over.run();
        } else if (open.putIfAbsent(request.id(), pending) != null) {
            pending.answer(Frames.error(Optional.empty(), RpcError.invalidRequest("the id is in use")));
            over.run();
        } else {
            var work = new Work(pending, new CompletableFuture<>());
            working.add(work);
            var thread = Thread.ofVirtual().name("mcp-request").unstarted(() -> {
                answer(pending, answering).ifPresent(pending::answer);
                over.run();
                working.remove(work);
                work.over().complete(null);
            });
            pending.workedOnBy(thread);
            thread.start();
        }
    }

    private Optional<ObjectNode> answer(Pending pending, Answering answering) {
        try {
            return Optional.of(Frames.result(pending.id(), answering.answer(pending)));
        } catch (RpcException e) {
            return Optional.of(Frames.error(Optional.of(pending.id()), e.error()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(Frames.error(Optional.of(pending.id()), service.failed(e)));
        } finally {
            // Before the answer is out: who has it may use the id again at once.
            open.remove(pending.id());
        }
    }

    /** Ends a request that the client does not want answered any more; an unknown id is ignored, as the protocol says. */
    void cancel(RequestId id) {
        var pending = open.get(id);
        if (pending != null) {
            pending.cancel();
        }
    }

    /** Waits a moment for what is under way, then interrupts it and waits until it has settled. */
    @Override
    public void close() {
        if (!settled(LAST_WORDS)) {
            working.forEach(work -> work.pending().close());
            settled(SETTLE);
        }
    }

    private boolean settled(Duration atMost) {
        var all = working.stream().map(Work::over).toArray(CompletableFuture[]::new);
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
