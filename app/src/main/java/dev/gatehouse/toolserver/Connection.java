package dev.gatehouse.toolserver;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.Lines;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.mcp.wire.RpcError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC with one process, any number of requests at a time. Nobody who asks ever waits for the pipe: one thread writes, one reads,
 * and a stop goes before everything that is not yet written.
 */
final class Connection {
    /** Longest line taken in, in bytes: a picture of 5 MB in base64 fits. A server that sends a longer one is given up. */
    static final int MAX_LINE = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int MAX_WAITING = 1024;

    private final Child child;
    private final Runnable onListChanged;
    private final LinkedBlockingDeque<Outgoing> outgoing = new LinkedBlockingDeque<>(MAX_WAITING);
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();

    /** A line to be written, and the request it is, if it is one. */
    private record Outgoing(ObjectNode message, Optional<Pending> request) {}

    private Connection(Child child, Runnable onListChanged) {
        this.child = child;
        this.onListChanged = onListChanged;
    }

    /**
     * Speaks with a process that was just started.
     *
     * @param onListChanged runs when the server says that its tools are others now
     */
    static Connection open(Child child, Runnable onListChanged) {
        var connection = new Connection(child, onListChanged);
        Thread.ofPlatform().daemon().name("tool-server-in").start(connection::write);
        Thread.ofPlatform().daemon().name("tool-server-out").start(connection::read);
        return connection;
    }

    /** Completes when nothing more can be said to this process. */
    CompletableFuture<Void> lost() {
        return lost;
    }

    boolean alive() {
        return !lost.isDone();
    }

    /** Puts a request in line. */
    Pending ask(String method, ObjectNode params, BooleanSupplier mayLeave) {
        return ask(method, params, mayLeave, request -> {}, false);
    }

    /** The same; {@code first} sees the request before anybody else can. */
    Pending ask(String method, ObjectNode params, BooleanSupplier mayLeave, Consumer<Pending> first) {
        return ask(method, params, mayLeave, first, false);
    }

    /** Puts a request before all others that are not written yet. */
    Pending askAtOnce(String method, ObjectNode params) {
        return ask(method, params, () -> true, request -> {}, true);
    }

    private Pending ask(
            String method, ObjectNode params, BooleanSupplier mayLeave, Consumer<Pending> first, boolean atOnce) {
        var id = ids.incrementAndGet();
        if (method.equals("tools/call")) {
            params.putObject("_meta").put("progressToken", id);
        }
        var message = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        var request = new Pending(id, message, mayLeave, this::cancelled);
        first.accept(request);
        pending.put(id, request);
        request.whenSettled(reply -> pending.remove(id));
        if (!offer(new Outgoing(message, Optional.of(request)), atOnce) || !alive()) {
            request.lost();
        }
        return request;
    }

    /** Says something that wants no answer. */
    void tell(String method, ObjectNode params) {
        var _ = offer(new Outgoing(Frames.notification(method, params), Optional.empty()), false);
    }

    private void cancelled(Pending request) {
        var params = Json.object().put("requestId", request.id()).put("reason", "nobody waits for it any more");
        var _ = offer(new Outgoing(Frames.notification("notifications/cancelled", params), Optional.empty()), true);
    }

    private boolean offer(Outgoing line, boolean atOnce) {
        return atOnce ? outgoing.offerFirst(line) : outgoing.offerLast(line);
    }

    /** Ends the process; whoever waits for an answer learns that none will come. */
    void end() {
        gone();
        child.end();
    }

    /** The same without asking the process first. */
    void kill() {
        child.kill();
        gone();
    }

    private void gone() {
        lost.complete(null);
        // Wakes the writer, which then closes the pipe; it writes nothing more.
        tell("", Json.object());
        pending.values().forEach(Pending::lost);
    }

    private void write() {
        try (var in = child.in()) {
            for (var next = outgoing.take(); alive(); next = outgoing.take()) {
                if (next.request().map(Pending::leave).orElse(true)) {
                    in.write((Json.line(next.message()) + "\n").getBytes(StandardCharsets.UTF_8));
                    in.flush();
                }
            }
        } catch (IOException e) {
            LOG.debug("the tool server takes nothing more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone();
        }
    }

    private void read() {
        try {
            var lines = new Lines(child.out(), MAX_LINE);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!(line.get() instanceof Lines.Line.Whole(var bytes))) {
                    LOG.error("the tool server sent a line of more than {} bytes; it is given up", MAX_LINE);
                    break;
                }
                heard(StandardCharsets.UTF_8.decode(bytes).toString());
            }
        } catch (IOException e) {
            LOG.debug("the tool server says nothing more");
        } finally {
            gone();
        }
    }

    private void heard(String line) {
        try {
            if (Json.read(line) instanceof ObjectNode message) {
                heard(message);
                return;
            }
        } catch (MalformedJsonException e) {
            LOG.debug("not JSON", e);
        }
        LOG.warn("the tool server sent a line that is no message; it is ignored");
    }

    private void heard(ObjectNode message) {
        var method = message.path("method").asString("");
        var id = RequestId.of(message.path("id"));
        if (method.isEmpty()) {
            answered(message);
        } else if (id.isPresent()) {
            var answer = method.equals("ping")
                    ? Frames.result(id.get(), Json.object())
                    : Frames.error(id, RpcError.methodNotFound(method));
            if (!offer(new Outgoing(answer, Optional.empty()), false)) {
                LOG.warn("the tool server asks more than it listens to; an answer was dropped");
            }
        } else if (method.equals("notifications/progress")) {
            progress(message.path("params"));
        } else if (method.equals("notifications/tools/list_changed")) {
            onListChanged.run();
        }
    }

    private void answered(ObjectNode message) {
        var id = message.path("id");
        var request = id.isIntegralNumber() && id.canConvertToLong() ? pending.get(id.longValue()) : null;
        if (request == null) {
            return; // Late, after a cancel, or made up.
        }
        if (message.get("result") instanceof ObjectNode result) {
            request.settle(new Reply.Result(result));
        } else {
            var error = message.path("error");
            request.settle(new Reply.Fault(
                    error.path("code").asInt(0), error.path("message").asString("")));
        }
    }

    private void progress(JsonNode params) {
        var token = params.path("progressToken");
        var request = token.isIntegralNumber() && token.canConvertToLong() ? pending.get(token.longValue()) : null;
        if (request != null) {
            request.report(
                    whole(params.path("progress")),
                    whole(params.path("total")),
                    params.path("message").asString(""));
        }
    }

    private static int whole(JsonNode number) {
        return number.isNumber() ? (int) Math.clamp(number.doubleValue(), 0, Integer.MAX_VALUE) : 0;
    }
}
