package dev.gatehouse.mcp;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.mcp.model.RequestMeta;
import dev.gatehouse.mcp.model.Revision;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.Lines;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * MCP over a pair of streams, both eras on one connection: a request that says which revision it speaks is served by itself, any
 * other belongs to the session that {@code initialize} began.
 */
public final class StdioServer {
    private final StatelessMethods stateless;
    private final HandshakeMethods handshake;
    private final Principal who;
    private final Lines in;
    private final LineOutbox out;
    private final InFlight inFlight;
    private final Subscriptions subscriptions;
    /** Empty before the handshake; only the reading thread sets it. */
    private volatile @Nullable Revision session;

    public StdioServer(McpService service, Principal who, InputStream in, OutputStream out, Ticker ticker) {
        this.stateless = new StatelessMethods(service, ticker);
        this.handshake = new HandshakeMethods(service);
        this.who = who;
        this.in = new Lines(in);
        this.out = new LineOutbox(out);
        this.inFlight = new InFlight(service);
        this.subscriptions = new Subscriptions(this.out, ticker);
    }

    /** Serves until the client closes its end, and lets what it has asked for come to an end. */
    public void run() {
        try (subscriptions;
                inFlight) {
            for (var line = in.next(); line.isPresent() && !out.broken(); line = in.next()) {
                if (line.get() instanceof Lines.Line.Whole(var bytes)) {
                    take(Frames.read(bytes));
                } else {
                    refuse(Optional.empty(), RpcError.invalidRequest("a message is at most 1 MiB"));
                }
            }
        } catch (IOException e) {
            out.close();
        }
    }

    private void take(Frame frame) {
        if (frame instanceof Frame.Request request) {
            request(request);
        } else if (frame instanceof Frame.Notification notification) {
            notified(notification);
        } else {
            odd(frame);
        }
    }

    private void odd(Frame frame) {
        switch (frame) {
            case Frame.Batch batch -> batch(batch);
            case Frame.Malformed(var id, var error) -> out.send(Frames.error(id, error));
            case Frame.Response() -> {}
            case Frame.Request request -> request(request);
            case Frame.Notification notification -> notified(notification);
        }
    }

    private void request(Frame.Request request) {
        if (request.method().equals("initialize")) {
            // On this thread: what follows on the connection depends on it.
            initialize(request);
        } else {
            start(request, out, () -> {});
        }
    }

    private void start(Frame.Request request, Outbox answers, Runnable over) {
        inFlight.start(request, new Pending(request.id(), out, answers), pending -> answer(pending, request), over);
    }

    private ObjectNode answer(Pending pending, Frame.Request request) throws RpcException, InterruptedException {
        var revision = session;
        if (RequestMeta.version(request.params()).isPresent()
                || (revision == null && !request.method().equals("ping"))) {
            return stateless.answer(who, pending, request);
        }
        var spoken = revision == null ? Revision.latestWithHandshake() : revision;
        return handshake.answer(who, spoken, Optional.of(subscriptions), pending, request);
    }

    private void initialize(Frame.Request request) {
        if (session != null) {
            refuse(Optional.of(request.id()), RpcError.invalidRequest("this session is initialized already"));
            return;
        }
        try {
            var revision = HandshakeMethods.negotiate(request.params());
            session = revision;
            out.send(Frames.result(request.id(), handshake.initialized(revision, true)));
        } catch (RpcException e) {
            refuse(Optional.of(request.id()), e.error());
        }
    }

    /** Only a cancellation means anything to this side; what cannot be understood is ignored, as the protocol says. */
    private void notified(Frame.Notification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            RequestId.of(notification.params().path("requestId")).ifPresent(inFlight::cancel);
        }
    }

    private void batch(Frame.Batch batch) {
        var revision = session;
        if (revision == null || !revision.batches()) {
            refuse(Optional.empty(), RpcError.invalidRequest("batches are not part of this revision of the protocol"));
            return;
        }
        var answers = new BatchAnswers(batch.frames().size(), list -> out.send((JsonNode) list));
        for (var frame : batch.frames()) {
            switch (frame) {
                case Frame.Request request
                when !request.method().equals("initialize") -> start(request, answers, answers::over);
                case Frame.Request request -> {
                    answers.send(Frames.error(
                            Optional.of(request.id()), RpcError.invalidRequest("initialize must come by itself")));
                    answers.over();
                }
                case Frame.Malformed(var id, var error) -> {
                    answers.send(Frames.error(id, error));
                    answers.over();
                }
                case Frame.Notification notification -> {
                    notified(notification);
                    answers.over();
                }
                case Frame.Response() -> answers.over();
                case Frame.Batch nested -> throw new IllegalStateException("a batch holds no batches");
            }
        }
    }

    private void refuse(Optional<RequestId> id, RpcError error) {
        out.send(Frames.error(id, error));
    }
}
