package dev.gatehouse.dispatch;

import dev.gatehouse.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a request stands in the trace of its caller (W3C Trace Context). It is kept and told, and nothing depends on it: what is
 * malformed counts as not sent.
 *
 * @param tracestate what the systems on the way want to find again; empty without one that is well formed
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {
    /** Version, trace id, parent id, flags; later versions may add more behind them. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,200})?");

    private static final String FIRST_VERSION = "00";

    private static final Pattern MEMBER = Pattern.compile(
            "([a-z0-9][a-z0-9_\\-*/@]{0,255})=([\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e])");

    private static final int MAX_MEMBERS = 32;

    /** What a platform has to keep at least; longer ones are not kept in part, because half a member misleads. */
    private static final int MAX_STATE = 512;

    /** Reads all values of both headers; empty unless there is exactly one well-formed traceparent. */
    public static Optional<TraceContext> read(List<String> traceparent, List<String> tracestate) {
        if (traceparent.size() != 1) {
            return Optional.empty();
        }
        var parent = traceparent.getFirst().strip();
        var match = PARENT.matcher(parent);
        var wellFormed = match.matches() && !(match.group(1).equals(FIRST_VERSION) && match.group(2) != null);
        return wellFormed ? Optional.of(new TraceContext(parent, state(tracestate))) : Optional.empty();
    }

    private static Optional<String> state(List<String> headers) {
        var members = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
        var text = String.join(",", members);
        var keys = new HashSet<String>();
        for (var member : members) {
            var match = MEMBER.matcher(member);
            if (!match.matches() || !keys.add(match.group(1))) {
                return Optional.empty();
            }
        }
        var kept = !members.isEmpty() && members.size() <= MAX_MEMBERS && text.length() <= MAX_STATE;
        return kept ? Optional.of(text) : Optional.empty();
    }

    /** {@code {traceparent, tracestate}}; what is not known is left out. */
    ObjectNode json() {
        var out = Json.object().put("traceparent", traceparent);
        tracestate.ifPresent(state -> out.put("tracestate", state));
        return out;
    }
}
