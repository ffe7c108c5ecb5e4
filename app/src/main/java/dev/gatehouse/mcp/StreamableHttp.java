package dev.gatehouse.mcp;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.mcp.model.RequestMeta;
import dev.gatehouse.mcp.model.Revision;
import dev.gatehouse.mcp.wire.Frame;
import dev.gatehouse.mcp.wire.Frames;
import dev.gatehouse.mcp.wire.RequestId;
import dev.gatehouse.mcp.wire.RpcError;
import dev.gatehouse.mcp.wire.RpcException;
import dev.gatehouse.time.Ticker;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one POST to the MCP endpoint means, in both eras (Streamable HTTP, 2025-03-26 to 2026-07-28).
 *
 * <p>No sessions are kept: each request of the older revisions names its revision in a header, and changes of resources are told
 * only to those who listen in the way of the newest. Several clients may use one credential and the same ids, so a notification cannot
 * say whose request is to be cancelled: closing its stream does.
 */
public final class StreamableHttp {
    private final McpService service;
    private final StatelessMethods stateless;
    private final HandshakeMethods handshake;

    public StreamableHttp(McpService service, Ticker ticker) {
        this.service = service;
        this.stateless = new StatelessMethods(service, ticker);
        this.handshake = new HandshakeMethods(service);
    }

    /** What came of a message so far. */
    public sealed interface Posted {
        /** It wanted no answer. */
        record Noted() implements Posted {}

        /**
         * It is not worked on.
         *
         * @param status of HTTP
         */
        record Refused(int status, ObjectNode error) implements Posted {}

        /**
         * It can be worked on.
         *
         * @param takesTime whether the answer should be a stream if the client reads one
         */
        record Request(RequestId id, boolean takesTime, Work work) implements Posted {}
    }

    /** Makes the answer to a request. */
    @FunctionalInterface
    public interface Work {
        /**
         * Works until there is an answer.
         *
         * @throws InterruptedException if the client gave it up
         */
        Answer answer(Pending pending) throws InterruptedException;
    }

    /** An answer and the status of HTTP that goes with it, where the headers are not out yet. */
    public record Answer(int status, ObjectNode message) {}

    /** Says what a message means. */
    public Posted take(Principal who, McpHeaders headers, ByteBuffer body) {
        return switch (Frames.read(body)) {
            case Frame.Request request -> request(who, headers, request);
            case Frame.Notification notification -> new Posted.Noted();
            case Frame.Response() -> new Posted.Noted();
            case Frame.Batch batch ->
                refused(400, Optional.empty(), RpcError.invalidRequest("send one message in a request"));
            case Frame.Malformed(var id, var error) -> refused(400, id, error);
        };
    }

    private Posted request(Principal who, McpHeaders headers, Frame.Request request) {
        var contradiction = headers.otherVersion(request);
        if (contradiction.isPresent()) {
            return refused(400, Optional.of(request.id()), contradiction.get());
        }
        var named = RequestMeta.version(request.params()).or(headers::version);
        var revision = named.flatMap(Revision::named);
        if (named.isPresent() && revision.isEmpty()) {
            return refused(
                    400,
                    Optional.of(request.id()),
                    RpcError.unsupportedVersion(named.get(), Revision.allNewestFirst()));
        }
        var spoken = revision.orElse(Revision.V2025_03_26);
        return objection(spoken, headers, request)
                .<Posted>map(error -> refused(400, Optional.of(request.id()), error))
                .orElseGet(() -> new Posted.Request(
                        request.id(), service.takesTime(request), pending -> work(who, spoken, pending, request)));
    }

    private static Optional<RpcError> objection(Revision revision, McpHeaders headers, Frame.Request request) {
        if (!revision.stateless()) {
            return Optional.empty();
        }
        try {
            var _ = RequestMeta.requiredVersion(request.params());
            var _ = RequestMeta.stateless(request.params());
            return headers.mismatch(request);
        } catch (RpcException e) {
            return Optional.of(e.error());
        }
    }

    private ObjectNode result(Principal who, Revision revision, Pending pending, Frame.Request request)
            throws RpcException, InterruptedException {
        if (revision.stateless()) {
            return stateless.answer(who, pending, request);
        }
        return request.method().equals("initialize")
                ? handshake.initialized(HandshakeMethods.negotiate(request.params()), false)
                : handshake.answer(who, revision, Optional.empty(), pending, request);
    }

    private Answer work(Principal who, Revision revision, Pending pending, Frame.Request request)
            throws InterruptedException {
        try {
            return new Answer(200, Frames.result(pending.id(), result(who, revision, pending, request)));
        } catch (RpcException e) {
            return error(revision, pending, e.error());
        } catch (RuntimeException e) {
            return error(revision, pending, service.failed(e));
        }
    }

    private static Answer error(Revision revision, Pending pending, RpcError error) {
        // The older revisions take a 404 for the loss of a session.
        var status = !revision.stateless()
                ? 200
                : switch (error.code()) {
                    case RpcError.METHOD_NOT_FOUND -> 404;
                    case RpcError.MISSING_CLIENT_CAPABILITY -> 400;
                    default -> 200;
                };
        return new Answer(status, Frames.error(Optional.of(pending.id()), error));
    }

    private static Posted refused(int status, Optional<RequestId> id, RpcError error) {
        return new Posted.Refused(status, Frames.error(id, error));
    }
}
