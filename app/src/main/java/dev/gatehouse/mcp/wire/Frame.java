package dev.gatehouse.mcp.wire;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One message from the other side. */
public sealed interface Frame {
    /** Wants an answer. */
    record Request(RequestId id, String method, ObjectNode params) implements Frame {}

    /** Wants none. */
    record Notification(String method, ObjectNode params) implements Frame {}

    /** Answers a request; this side never makes one, so it means nothing here. */
    record Response() implements Frame {}

    /** Several at once, as revision 2025-03-26 allows. */
    record Batch(List<Frame> frames) implements Frame {}

    /** Could not be read as any of these. */
    record Malformed(Optional<RequestId> id, RpcError error) implements Frame {}
}
