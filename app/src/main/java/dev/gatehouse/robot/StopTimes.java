package dev.gatehouse.robot;

import dev.gatehouse.json.Json;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast a stop was.
 *
 * @param issuedMs milliseconds from the request to the call of {@link StopChannel#halt()}; absent if not yet called
 * @param acked the hardware confirmed
 * @param ackMs milliseconds from the request to the confirmation
 */
public record StopTimes(OptionalLong issuedMs, boolean acked, OptionalLong ackMs) {
    /** {@code {issued_ms, acked, ack_ms}} of D8.3; what is not known is left out. */
    public ObjectNode json() {
        var node = Json.object();
        issuedMs.ifPresent(ms -> node.put("issued_ms", ms));
        node.put("acked", acked);
        ackMs.ifPresent(ms -> node.put("ack_ms", ms));
        return node;
    }
}
