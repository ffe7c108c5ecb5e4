package dev.gatehouse.web;

import dev.gatehouse.json.Json;
import dev.gatehouse.mcp.Pending;
import dev.gatehouse.mcp.StreamableHttp.Posted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** The answer to one request as a stream of events: what is told about it, then its answer. A caller that leaves gives it up. */
final class McpStream {
    /** Longest silence, and so how fast a caller that left is missed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Posted.Request request;
    private final Pending pending;
    /** Messages to write; an empty one is the end. */
    private final BlockingQueue<Optional<ObjectNode>> messages = new LinkedBlockingQueue<>();

    McpStream(Posted.Request request) {
        this.request = request;
        this.pending = new Pending(request.id(), message -> messages.add(Optional.of(message)));
    }

    void send(Exchange exchange) throws IOException, InterruptedException {
        var worker = Thread.ofVirtual().name("mcp-request").unstarted(this::work);
        pending.workedOnBy(worker);
        worker.start();
        try (var out = exchange.stream("text/event-stream")) {
            Streaming.write(out, COMMENT);
            while (true) {
                var message = messages.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (message == null) {
                    Streaming.write(out, COMMENT);
                } else if (message.isPresent()) {
                    Streaming.write(
                            out,
                            ("event: message\ndata: " + Json.line(message.get()) + "\n\n")
                                    .getBytes(StandardCharsets.UTF_8));
                } else {
                    return;
                }
            }
        } finally {
            // Harmless when it is answered; otherwise nobody waits for it any more, and a motion is cut.
            pending.cancel();
            worker.join();
        }
    }

    private void work() {
        try {
            pending.answer(request.work().answer(pending).message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            messages.add(Optional.empty());
        }
    }
}
